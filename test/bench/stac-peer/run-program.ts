import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program to its end with lines on its standard input; throws where it fails. */
export async function runProgram(
  program: string,
  words: readonly string[],
  lines: Iterable<string> | AsyncIterable<string> = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const env = { ...process.env, ...environment };
  const child = spawn(program, words, { stdio: ['pipe', 'inherit', 'inherit'], env });
  const ended = once(child, 'exit');
  for await (const line of lines) {
    if (!child.stdin.write(line)) await Promise.race([once(child.stdin, 'drain'), ended]);
  }
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
}
