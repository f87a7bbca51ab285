/** Resolves the `#…` imports of package.json to the TypeScript sources, for dependency-cruiser. */
const { resolve } = require('node:path');

const source = (folder) => resolve(__dirname, folder);

module.exports = {
  resolve: {
    alias: {
      '#domain': source('libs/domain/src'),
      '#protocols': source('libs/protocols/src'),
      '#adapters': source('libs/adapters/src'),
      '#platform': source('libs/platform/src'),
      '#services': source('services'),
      '#test': source('test'),
    },
    extensions: ['.ts', '.mjs', '.js'],
    extensionAlias: { '.js': ['.ts', '.js'] },
  },
};
