import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseConfig } from '#adapters/postgres/database.config.js';
import { eventBusConfig } from '#adapters/event-bus/event-bus.config.js';
import { objectStoreConfig } from '#adapters/object-store/object-store.config.js';
import { rasterConfig } from '#adapters/raster/raster.config.js';
import { rasterIngestConfig } from '#adapters/raster/raster-ingest.config.js';
import { outgoingConfig } from '#adapters/upstream/outgoing.config.js';
import { ChangeFeed } from '#domain/ports/change-feed.js';
import { OutgoingHttp } from '#domain/ports/outgoing-http.js';
import { BrowseMaker } from '#domain/ports/browse-maker.js';
import { CoordinateSystems } from '#domain/ports/coordinate-systems.js';
import { EventBus } from '#domain/ports/event-bus.js';
import { HarvestStore } from '#domain/ports/harvest-store.js';
import { IntakeStore } from '#domain/ports/intake-store.js';
import { NetcdfReader } from '#domain/ports/netcdf-reader.js';
import { ObjectStore } from '#domain/ports/object-store.js';
import { SubscriptionStore } from '#domain/ports/subscription-store.js';
import type { OpenedAdapter } from '#domain/ports/opened-adapter.js';
import { Inbox, Outbox } from '#domain/ports/outbox.js';
import { OverviewIndex } from '#domain/ports/overview-index.js';
import { ProductCatalog } from '#domain/ports/product-catalog.js';
import { ProductStore } from '#domain/ports/product-store.js';
import { RasterEngine } from '#domain/ports/raster-engine.js';
import { openApiOf } from '#platform/describe-api.js';
import { createHttpAdapter } from '#platform/http-server.js';
import { createLog } from '#platform/log.js';
import { OperatorToken } from '#platform/operator-token.js';
import { platformConfig } from '#platform/platform.config.js';
import { PlatformModule } from '#platform/platform.module.js';
import { ALL_CONFIG_TOKENS, servicesConfig } from '#services/all-in-one/src/all-in-one.module.js';
import { demoConfig } from '#services/all-in-one/src/demo.js';
import { AcquisitionModule } from '#services/acquisition/src/acquisition.module.js';
import { DiscoveryModule } from '#services/discovery/src/discovery.module.js';
import { DownloadModule } from '#services/download/src/download.module.js';
import { PortalModule } from '#services/portal/src/portal.module.js';
import { exportConfig, StacModule } from '#services/stac/src/stac.module.js';
import { ViewModule } from '#services/view/src/view.module.js';

/** Writes the files that are made from code (`openapi/*.json`, the README's configuration table); with `--check` only compares. */
const SERVICES: Readonly<Record<string, Type>> = {
  acquisition: AcquisitionModule,
  discovery: DiscoveryModule,
  download: DownloadModule,
  portal: PortalModule,
  stac: StacModule,
  view: ViewModule,
};

const PORTS = [
  BrowseMaker,
  ChangeFeed,
  CoordinateSystems,
  EventBus,
  HarvestStore,
  Inbox,
  IntakeStore,
  NetcdfReader,
  ObjectStore,
  OutgoingHttp,
  Outbox,
  OverviewIndex,
  ProductCatalog,
  ProductStore,
  RasterEngine,
  SubscriptionStore,
];

/** Routes are described without being called, so the ports need no adapter behind them. */
const NO_ADAPTERS: OpenedAdapter = {
  name: 'none',
  ports: PORTS.map((port) => [port, {}] as const),
  check: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

const CONFIGURATION: readonly (readonly [string, z.ZodObject])[] = [
  ['every service', platformConfig],
  ['database', databaseConfig],
  ['object store', objectStoreConfig],
  ['event bus', eventBusConfig],
  ['drawing', rasterConfig],
  ['pictures at ingest', rasterIngestConfig],
  ['requests to others', outgoingConfig],
  ['stac', exportConfig],
  ['acquisition, discovery, view', servicesConfig],
  ['all-in-one', demoConfig],
];

async function describe(name: string, module: Type): Promise<string> {
  const config = { ...platformConfig.parse({}), ...servicesConfig.parse({}) };
  const parts = {
    config,
    log: createLog(name, 'silent'),
    adapters: [NO_ADAPTERS],
    operatorToken: new OperatorToken('none'),
    serviceConfig: ALL_CONFIG_TOKENS.map((token) => [token, config] as const),
  };
  class Root {}
  const root = { module: Root, imports: [PlatformModule.with(parts), module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(), {
    logger: false,
    abortOnError: false,
  });
  return `${JSON.stringify(openApiOf(app, name), null, 2)}\n`;
}

function configurationTable(): string {
  const seen = new Set<string>();
  const rows = CONFIGURATION.flatMap(([part, schema]) =>
    Object.entries(schema.shape).flatMap(([name, field]) => {
      if (seen.has(name)) return [];
      seen.add(name);
      const { description = '', default: standard } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
      const value =
        standard === undefined ? '' : `\`${typeof standard === 'string' ? standard : JSON.stringify(standard)}\``;
      return [`| \`${name}\` | ${value} | ${part} | ${description.replaceAll('|', '\\|')} |`];
    }),
  );
  return ['| variable | default | of | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

async function readme(): Promise<string> {
  const text = await readFile('README.md', 'utf8');
  const marked = /(<!-- configuration:[^\n]*-->\n)[\s\S]*?(<!-- \/configuration -->)/;
  return text.replace(marked, (_all, begin: string, end: string) => `${begin}${configurationTable()}\n${end}`);
}

const check = process.argv.includes('--check');
const files = new Map<string, string>([['README.md', await readme()]]);
for (const [name, module] of Object.entries(SERVICES))
  files.set(join('openapi', `${name}.json`), await describe(name, module));

await mkdir('openapi', { recursive: true });
const changed: string[] = [];
for (const [file, text] of files) {
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === text) continue;
  changed.push(file);
  if (!check) await writeFile(file, text);
}
if (changed.length > 0)
  console.log(
    check
      ? `Not as the code says: ${changed.join(', ')}. Run: node dist/test/generate.js`
      : `Written: ${changed.join(', ')}`,
  );
process.exit(check && changed.length > 0 ? 1 : 0);
