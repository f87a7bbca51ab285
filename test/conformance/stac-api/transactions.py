"""stac-api-validator's class `transaction`, with its item made to be there: transactions.py <root of the STAC API> <collection> <token of an operator>.

The class sends two cloud covers as text, which the schema of the eo extension its own item names refuses, and this service with it: they are numbers here. It
wants a time back as it was spelt, to the microsecond, where this service keeps milliseconds: it is spelt so here. Nothing else is changed. It begins by
removing an item that need not be there, and wants 204 after every change (`Prefer: return=minimal`).
"""

import inspect
import sys

import requests
from stac_api_validator import validations

ROOT, COLLECTION, TOKEN = sys.argv[1:4]
ITEM = "S2A_47XNF_20230423_0_L2A"
CHANGES = {'"3.14"': "3.14", '"12.4"': "12.4", "03.048000Z": "03.048Z"}
source = inspect.getsource(validations.validate_transaction)
for old, new in CHANGES.items():
    assert source.count(old) == 1, "another version of the validator"
    source = source.replace(old, new)
exec(compile(source, validations.__file__, "exec"), validations.__dict__)

session = requests.Session()
session.headers.update({"Authorization": f"Bearer {TOKEN}", "Prefer": "return=minimal"})
there = session.post(
    f"{ROOT}/collections/{COLLECTION}/items",
    json={
        "type": "Feature",
        "stac_version": "1.1.0",
        "id": ITEM,
        "collection": COLLECTION,
        "geometry": None,
        "properties": {"datetime": "2023-04-23T06:47:03Z"},
        "links": [],
        "assets": {},
    },
)
assert there.status_code in (201, 409), there.text

errors, warnings = validations.Errors(), validations.Warnings()
validations.validate_transaction(
    landing_page_body=session.get(ROOT).json(),
    collection=COLLECTION,
    errors=errors,
    warnings=warnings,
    r_session=session,
    context=validations.Context.FEATURES_TXN,
    transaction_collection=COLLECTION,
)
for warning in warnings:
    print(f"warning: {warning}")
for error in errors:
    print(f"error: {error}")
print("Errors: none" if len(list(errors)) == 0 else "Errors")
sys.exit(len(list(errors)))
