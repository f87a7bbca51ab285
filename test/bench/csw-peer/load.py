"""Loads metadata records into pycsw's repository: `load.py <pycsw.cfg> < records.ndjson`, one XML document per line as a JSON string."""

import configparser
import json
import sys

from lxml import etree
from pycsw.core import config, metadata, repository, util

BATCH = 500

settings = configparser.ConfigParser(interpolation=None)
settings.read(sys.argv[1])
context = config.StaticContext()
records = repository.Repository(
    settings.get("repository", "database"), context, table=settings.get("repository", "table")
)
loaded = 0
records.session.begin()
for line in sys.stdin:
    document = etree.fromstring(json.loads(line).encode("utf-8"))
    for record in metadata.parse_record(context, document, records):
        record.typename = record.typename or "csw:Record"
        if isinstance(record.xml, bytes):
            record.xml = record.xml.decode("utf-8")
        record.insert_date = util.get_today_and_now()
        records.session.add(record)
        loaded += 1
    if loaded % BATCH == 0:
        records.session.commit()
        records.session.begin()
records.session.commit()
print(f"{loaded} records loaded")
