import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compileProject, type CompiledProject } from '#test/support/compiled-project.js';

/** Servers start in here; on a busy machine a first embedded one takes a minute. */
jest.setTimeout(300_000);

interface Writer {
  /** What it found when it opened the database. */
  readonly found: { readonly rows: number; readonly events: number; readonly highest: number | null };
  /** The highest number it said was committed. */
  committed(): number;
  kill(): Promise<void>;
}

const ROUNDS = 3;

describe('embedded database in its thread, its process killed', () => {
  let project: CompiledProject;
  let folder: string;
  beforeAll(async () => {
    project = await compileProject();
    folder = await mkdtemp(join(tmpdir(), 'frombork-embedded-'));
  });
  afterAll(async () => {
    await project?.remove();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  async function startWriter(): Promise<Writer> {
    const child = spawn(process.execPath, [project.path('test/support/embedded-writer.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    // The last line may be cut by the kill.
    const lines = () => printed.split('\n').slice(0, -1);
    const exited = new Promise((resolve) => child.once('close', resolve));
    while (lines().length < 2 && child.exitCode === null) await sleep(10);
    const kill = async () => {
      child.kill('SIGKILL');
      await exited;
    };
    return { found: JSON.parse(lines()[0] ?? '{}') as Writer['found'], committed: () => Number(lines().at(-1)), kill };
  }

  it('keeps every committed row and no half of a transaction', async () => {
    let committed = -1;
    for (let round = 0; round <= ROUNDS; round++) {
      const writer = await startWriter();
      const { rows, events, highest } = writer.found;
      expect(highest ?? -1).toBeGreaterThanOrEqual(committed);
      // Numbers have no gaps, and each row has its event.
      expect({ rows, events }).toEqual({ rows: (highest ?? -1) + 1, events: rows });
      await sleep(200 + 700 * Math.random());
      await writer.kill();
      expect(writer.committed()).toBeGreaterThan(committed);
      committed = writer.committed();
    }
  });

  it('is taken over from a killed process, not from a living one', async () => {
    const writer = await startWriter();
    const second = spawn(process.execPath, [project.path('test/support/embedded-writer.ts'), folder]);
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise((resolve) => second.once('close', resolve));
    expect(code).not.toBe(0);
    expect(said).toMatch(/in use by process \d+/);
    const before = writer.committed();
    await sleep(200);
    expect(writer.committed()).toBeGreaterThan(before);
    await writer.kill();
  });
});
