/** Loopback ports of the parts of a one-node Swift. */
export interface SwiftPorts {
  readonly proxy: number;
  readonly account: number;
  readonly container: number;
  readonly object: number;
  readonly memcached: number;
}

/** Files of a one-node OpenStack Swift that speaks S3 (s3api, tempauth), by name; user `test:tester` with the password given. */
export function swiftConfig(folder: string, user: string, ports: SwiftPorts, password: string): Record<string, string> {
  const common = `bind_ip = 127.0.0.1
swift_dir = ${folder}/etc
user = ${user}
workers = 1
log_level = WARN
log_address = /dev/null
`;
  const storage = (kind: 'account' | 'container' | 'object') => `[DEFAULT]
bind_port = ${ports[kind]}
${common}devices = ${folder}/srv
mount_check = false
recon_cache_path = ${folder}/cache
[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;
  return {
    'swift.conf': '[swift-hash]\nswift_hash_path_prefix = frombork\nswift_hash_path_suffix = test\n',
    'account.conf': storage('account'),
    'container.conf': storage('container'),
    'object.conf': storage('object'),
    'proxy.conf': `[DEFAULT]
bind_port = ${ports.proxy}
${common}[pipeline:main]
pipeline = ${PIPELINE.join(' ')} proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${ports.memcached}
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
s3_acl = false
dns_compliant_bucket_names = true
min_segment_size = 5242880
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = ${password} .admin
storage_url_scheme = http
${PLAIN_FILTERS.map((filter) => `[filter:${filter}]\nuse = egg:swift#${filter.replace('-', '_')}\n`).join('')}`,
  };
}

const PIPELINE = (
  'catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth ' +
  'copy slo dlo versioned_writes symlink proxy-logging'
).split(' ');

const PLAIN_FILTERS = PIPELINE.filter((filter) => !['cache', 's3api', 'tempauth'].includes(filter));
