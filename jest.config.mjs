const aliases = Object.fromEntries(
  ['domain', 'protocols', 'adapters', 'platform'].map((lib) => [
    `^#${lib}/(.*)\\.js$`,
    `<rootDir>/libs/${lib}/src/$1.ts`,
  ]),
);

/** Unit: beside the source, no server. Int: one adapter or service on real servers. E2e: journeys over HTTP. */
const tier = (displayName, testMatch, extra = {}) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  moduleNameMapper: {
    ...aliases,
    '^#services/(.*)\\.js$': '<rootDir>/services/$1.ts',
    '^#test/(.*)\\.js$': '<rootDir>/test/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  ...extra,
});

const patience = { setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] };

export default {
  projects: [
    tier('unit', ['<rootDir>/{libs,services,test}/**/*.spec.ts', '!**/*.int.spec.ts', '!**/*.e2e.spec.ts']),
    tier('int', ['<rootDir>/{libs,services,test}/**/*.int.spec.ts'], patience),
    tier('e2e', ['<rootDir>/test/e2e/**/*.e2e.spec.ts'], patience),
  ],
};
