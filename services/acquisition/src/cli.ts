import { Command, Option } from 'commander';
import { readConfig } from '#platform/read-config.js';
import { cliConfig, findToken, MirrorClient } from './mirror-client.js';
import { ingestAll } from './send-product.js';

const config = readConfig(cliConfig);

const program = new Command('frombork')
  .description('Operate a Frombork mirror.')
  .version('0.1.0')
  .addOption(new Option('--server <url>', 'the mirror').default(config.FROMBORK_URL).env('FROMBORK_URL'))
  .option('--token <token>', 'operator token; default: FROMBORK_OPERATOR_TOKEN, else the one in the data folder');

program
  .command('ingest')
  .description(
    'Send products to a running mirror: SAFE and SEN3 folders or zips, Sentinel-5P NetCDF, STAC Items (.json with their assets, .ndjson in bulk), or http(s) addresses of these.',
  )
  .argument('<path|url...>', 'what to send')
  .option('--no-wait', 'do not wait until the products are in the catalogue')
  .option('--parallel <n>', 'uploads at once', (value) => Number.parseInt(value, 10), 2)
  .action(async (sources: string[], options: { wait: boolean; parallel: number }) => {
    process.exitCode = (await ingestAll(await connect(), sources, options)) ? 0 : 1;
  });

const ops = program.command('ops').description('Look after a running mirror.');

ops
  .command('intakes')
  .description('What was handed in and what became of it, newest first.')
  .option('--state <state>', 'receiving, received, published, drawn, unchanged or quarantined')
  .option('--limit <n>', 'how many', '20')
  .action(async (options: { state?: string; limit: string }) => {
    for (const intake of await (await connect()).intakes(options)) {
      print([intake.created, intake.state.padEnd(11), intake.name, intake.reason ?? intake.step ?? ''].join('  '));
    }
  });

ops
  .command('republish')
  .description('Publish events again, after a message bus lost its memory.')
  .option('--since <instant>', 'only events since this ISO 8601 instant')
  .action(async (options: { since?: string }) =>
    print(`${await (await connect()).republish(options.since)} events will be published again`),
  );

ops
  .command('remove')
  .description('Take a product out of the catalogue and remove its bytes.')
  .argument('<collection>')
  .argument('<id>')
  .action(async (collection: string, id: string) => {
    await (await connect()).remove(collection, id);
    print(`removed ${collection}/${id}`);
  });

await program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

async function connect(): Promise<MirrorClient> {
  const { server, token } = program.opts<{ server: string; token?: string }>();
  return new MirrorClient(server.replace(/\/+$/, ''), token ?? (await findToken(config)));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
