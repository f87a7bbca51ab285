"""GDAL's CSW driver reads all records and those of a place; the address of /csw is the argument."""

import re
import subprocess
import sys


def features(*options):
    command = ["ogrinfo", "-ro", "-so", "-al", *options, f"CSW:{sys.argv[1]}", "-oo", "MAX_RECORDS=25"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "ERROR" not in said.stderr, said.stderr
    return int(re.search(r"Feature Count: (\d+)", said.stdout).group(1))


everything = features()
placed = features("-spat", "5", "45", "15", "55")
named = features("-where", "identifier LIKE 'S2%'")
assert everything > 0 and 0 < placed <= everything and 0 < named < everything, (everything, placed, named)
listed = subprocess.run(["ogrinfo", "-ro", "-al", f"CSW:{sys.argv[1]}", "-oo", "MAX_RECORDS=25"], capture_output=True, text=True, timeout=120, check=True)
records = re.findall(r"identifier \(String\) = (\S+)", listed.stdout)
assert len(records) == len(set(records)) == everything, f"{len(records)} records listed of {everything}"
print(f"GDAL: {everything} records listed in pages of 25, {placed} in a box, {named} by name")
