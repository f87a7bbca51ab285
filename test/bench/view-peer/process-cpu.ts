import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of a clock tick of /proc (Linux: 100 a second, whatever the kernel's own). */
const TICK = 0.01;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpu: number;
}

function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The command, in brackets, may hold anything.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        // Children that ended are counted with their parent.
        const cpu = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) * TICK;
        return [{ pid: Number(name), parent: Number(fields[1]), cpu }];
      } catch {
        return [];
      }
    });
}

/** CPU seconds that processes and all below them have used so far. */
export function cpuSeconds(roots: readonly number[]): number {
  const all = processes();
  const counted = new Set(roots);
  for (let grown = true; grown;) {
    const before = counted.size;
    for (const { pid, parent } of all) if (counted.has(parent)) counted.add(pid);
    grown = counted.size > before;
  }
  return all.reduce((sum, { pid, cpu }) => (counted.has(pid) ? sum + cpu : sum), 0);
}

/** Megabytes of memory a process holds. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}
