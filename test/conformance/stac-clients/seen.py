"""How the checks of this folder say what they saw, one line each, and what was wrong."""

import json
import sys
import urllib.request


def seen(what: str) -> None:
    print(f"- {what}", flush=True)


def expect(holds: bool, complaint: str) -> None:
    if not holds:
        sys.exit(f"WRONG: {complaint}")


def read(url: str) -> dict:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.load(answer)


def ids(items) -> list[str]:
    return [item["id"] if isinstance(item, dict) else item.id for item in items]


def every_item(root: str, collection: str | None = None) -> dict[str, dict]:
    """All items by id, by plain requests: what the clients are held against."""
    url = f"{root}/search?limit=1000" + (f"&collections={collection}" if collection else "")
    items: dict[str, dict] = {}
    while url:
        page = read(url)
        items.update({item["id"]: item for item in page["features"]})
        url = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return items
