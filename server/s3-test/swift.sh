#!/usr/bin/env bash
# Serves S3 from OpenStack Swift in a folder until it is ended: swift.sh FOLDER PORT PORT PORT PORT PORT
# The ports are those of the proxy, of accounts, containers and objects, and of memcached.
# Debian: apt-get install --no-install-recommends swift-proxy swift-account swift-container swift-object memcached
set -euo pipefail
folder=$1
ports=("${@:2}")
mkdir -p "$folder/dev/sdb"
cd "$folder"
kinds=(account container object)
for n in 0 1 2; do
  kind=${kinds[$n]}
  cat >"$kind.conf" <<EOF
[DEFAULT]
devices = $folder/dev
mount_check = false
bind_ip = 127.0.0.1
bind_port = ${ports[$n + 1]}
user = $(id -un)
workers = 0
swift_dir = $folder
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
EOF
done
/usr/bin/python3 - <<EOF
from swift.common.ring import RingBuilder
for kind, port in zip("${kinds[*]}".split(), "${ports[*]:1:3}".split()):
    ring = RingBuilder(4, 1, 0)
    place = {"ip": "127.0.0.1", "port": int(port), "device": "sdb"}
    ring.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1.0, "meta": "", "replication_ip": place["ip"], "replication_port": place["port"], **place})
    ring.rebalance()
    ring.get_ring().save(kind + ".ring.gz")
EOF
cat >swift.conf <<EOF
[swift-hash]
swift_hash_path_suffix = tests
EOF
cat >proxy.conf <<EOF
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = ${ports[0]}
user = $(id -un)
workers = 0
swift_dir = $folder
[pipeline:main]
pipeline = catch_errors proxy-logging cache s3api tempauth bulk slo dlo versioned_writes proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
# A machine that is busy is no server that is broken.
conn_timeout = 30
node_timeout = 60
recoverable_node_timeout = 60
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:${ports[4]}
[filter:s3api]
use = egg:swift#s3api
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
EOF
export SWIFT_DIR=$folder
trap 'kill $(jobs -p) 2>/dev/null' EXIT
memcached -u "$(id -un)" -l 127.0.0.1 -p "${ports[4]}" &
for kind in "${kinds[@]}"; do "swift-$kind-server" "$kind.conf" & done
swift-proxy-server proxy.conf &
wait
