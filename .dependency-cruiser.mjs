/** Who may import whom: each rule is a sentence for the person whose build just failed. */
const SERVICE = '^services/([^/]+)/';
const lib = (name) => `^libs/${name}/`;
const npm = (...names) => `(^|node_modules/)(${names.join('|')})(/|$)`;
const TESTS = '\\.(spec|contract)\\.ts$';

const driver = (home, packages) => ({
  name: `one-home-per-driver-${home.split('/').at(-1)}`,
  comment: `Only ${home} imports ${packages.join(', ')}: a driver has one home.`,
  severity: 'error',
  from: { pathNot: [`^libs/${home}/`, '^test/'] },
  to: { path: npm(...packages) },
});

export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing but itself: no framework, no protocol, no I/O.',
      severity: 'error',
      from: { path: lib('domain'), pathNot: TESTS },
      to: { pathNot: lib('domain') },
    },
    {
      name: 'protocols-know-only-the-domain',
      comment:
        'Protocol code is pure: text in, values out. It imports the domain, zod, ajv and (in protocols/xml and protocols/parquet) the XML and Parquet libraries.',
      severity: 'error',
      from: { path: lib('protocols'), pathNot: TESTS },
      to: { pathNot: [lib('protocols'), lib('domain'), npm('zod', 'ajv', 'ajv-formats', 'saxes', 'hyparquet-writer')] },
    },
    {
      name: 'adapters-know-only-the-domain',
      comment: 'An adapter implements a domain port; it never speaks a protocol or imports a service.',
      severity: 'error',
      from: { path: lib('adapters'), pathNot: TESTS },
      to: { path: [lib('protocols'), lib('platform'), '^services/'] },
    },
    {
      name: 'one-adapter-per-technology',
      comment: 'Two adapter families never import each other: compose them in a service.',
      severity: 'error',
      from: { path: '^libs/adapters/src/([^/]+)/', pathNot: TESTS },
      to: { path: '^libs/adapters/src/([^/]+)/', pathNot: '^libs/adapters/src/$1/' },
    },
    {
      name: 'platform-knows-only-the-domain',
      comment:
        'Platform is the Nest glue every service shares; it imports the domain, plain HTTP (protocols/http) and frameworks, never another protocol, an adapter or a service.',
      severity: 'error',
      from: { path: lib('platform'), pathNot: TESTS },
      to: { path: [lib('protocols'), lib('adapters'), '^services/'], pathNot: '^libs/protocols/src/http/' },
    },
    driver('adapters/src/postgres', [
      'typeorm',
      '@nestjs/typeorm',
      'pg',
      '@electric-sql/pglite',
      '@electric-sql/pglite-postgis',
    ]),
    driver('adapters/src/object-store', ['minio']),
    driver('adapters/src/event-bus', ['@nats-io/jetstream', '@nats-io/transport-node']),
    driver('adapters/src/raster', ['sharp', 'proj4', '@cornerstonejs/codec-openjpeg', 'h5wasm']),
    driver('adapters/src/job-runner', ['dockerode', '@kubernetes/client-node']),
    driver('protocols/src/xml', ['saxes']),
    driver('protocols/src/parquet', ['hyparquet-writer']),
    {
      name: 'services-are-islands',
      comment: "Services talk through events and the database's read models, never through imports.",
      severity: 'error',
      from: { path: SERVICE, pathNot: '^services/all-in-one/' },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'all-in-one-takes-modules-only',
      comment: 'all-in-one imports a service only through its *.module.ts.',
      severity: 'error',
      from: { path: '^services/all-in-one/' },
      to: { path: '^services/(?!all-in-one/)', pathNot: '\\.module\\.ts$' },
    },
    {
      name: 'nothing-imports-test',
      comment: 'Production code never imports test code.',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: TESTS },
      to: { path: '^test/' },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means two files are one idea; merge them or invert the dependency.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    webpackConfig: { fileName: '.dependency-cruiser.resolve.cjs' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
