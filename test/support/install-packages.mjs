import { execFileSync, spawnSync } from 'node:child_process';

/** Debian packages the whole test suite uses, by what they bring. */
export const TEST_PACKAGES = {
  postgres: ['postgresql-15', 'postgresql-15-postgis-3'],
  nats: ['nats-server'],
  s3: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'memcached'],
  clients: ['gdal-bin', 'python3-gdal', 'aria2', 'curl', 'wget'],
};

/**
 * Installs the Debian packages that are missing when it may (root, apt-get), and says what it did.
 * Returns the names still missing: [] when all is there. Throws when apt-get fails.
 */
export function ensurePackages(names, say = (line) => process.stdout.write(`${line}\n`)) {
  const missing = missingPackages(names);
  if (missing.length === 0) return [];
  if (!mayInstall()) {
    say(`packages: ${missing.join(' ')} are missing and cannot be installed here (root and apt-get are needed)`);
    return missing;
  }
  say(`packages: installing ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) =>
    execFileSync('apt-get', ['-qq', ...words], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing);
  return missingPackages(names);
}

function missingPackages(names) {
  return names.filter((name) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${Status}', name], { encoding: 'utf8' });
    return !(stdout ?? '').endsWith(' ok installed');
  });
}

function mayInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}
