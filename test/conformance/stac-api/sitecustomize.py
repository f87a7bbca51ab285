"""Answers the validator's requests for JSON schemas from copies on this machine, where STAC_SCHEMAS names the folder that holds them.

The folder has the Git repositories of the extensions (their branch gh-pages is what their sites publish) and of stac-spec (by tag; versions that have none
come with pystac). Those of GeoJSON come with pystac, too, JSON Schema's own with jsonschema-specifications. What is not found is 404. Without STAC_SCHEMAS
everything is fetched from where it is published.
"""

import glob
import io
import os
import subprocess
import urllib.error
import urllib.request
from importlib import util
from urllib.parse import urlsplit

FOLDER = os.environ.get("STAC_SCHEMAS")
OWNERS = {"stac-extensions.github.io": "stac-extensions", "cs-si.github.io": "CS-SI"}
HOSTS = {*OWNERS, "schemas.stacspec.org", "geojson.org", "json-schema.org"}


def schema(url: str) -> bytes | None:
    """The schema at an address that publishes them; None where there is no such schema."""
    host, path = urlsplit(url).netloc, urlsplit(url).path.lstrip("/")
    first, _, rest = path.partition("/")
    if host in OWNERS:
        return from_repository(f"{OWNERS[host]}?{first}", f"gh-pages:{rest}")
    if host == "json-schema.org":
        return read(package_file("jsonschema_specifications", "schemas", "draft7", "metaschema.json"))
    if host == "geojson.org":
        return read(package_file("pystac", "validation", "jsonschemas", "geojson", path.rsplit("/", 1)[1]))
    packaged = package_file("pystac", "validation", "jsonschemas", "stac-spec", first, rest.rsplit("/", 1)[1])
    return from_repository("radiantearth?stac-spec", f"{first}:{rest}") or read(packaged)


def from_repository(name: str, what: str) -> bytes | None:
    for repository in glob.glob(os.path.join(FOLDER, name)):
        for git in (repository, os.path.join(repository, "repo"), os.path.join(repository, ".git")):
            shown = subprocess.run(["git", f"--git-dir={git}", "show", what], capture_output=True, check=False)
            if shown.returncode == 0:
                return shown.stdout
    return None


def package_file(package: str, *path: str) -> str:
    return os.path.join(list(util.find_spec(package).submodule_search_locations)[0], *path)


def read(path: str) -> bytes | None:
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def install() -> None:
    import requests
    import urllib3

    send, urlopen, request = requests.Session.send, urllib.request.urlopen, urllib3.PoolManager.request

    def send_here(session, request, **options):
        if urlsplit(request.url).netloc not in HOSTS:
            return send(session, request, **options)
        text = schema(request.url)
        answer = requests.Response()
        answer.status_code = 404 if text is None else 200
        answer._content = text or b"{}"
        answer.url, answer.request, answer.encoding = request.url, request, "utf-8"
        answer.headers["Content-Type"] = "application/json"
        return answer

    def urlopen_here(url, *arguments, **options):
        address = url if isinstance(url, str) else url.full_url
        if urlsplit(address).netloc not in HOSTS:
            return urlopen(url, *arguments, **options)
        text = schema(address)
        if text is None:
            raise urllib.error.HTTPError(address, 404, "no such schema here", {}, None)
        return io.BytesIO(text)

    def request_here(pool, method, url, *arguments, **options):
        if urlsplit(url).netloc not in HOSTS:
            return request(pool, method, url, *arguments, **options)
        text = schema(url)
        body = io.BytesIO(text or b"")
        return urllib3.HTTPResponse(body, status=404 if text is None else 200, preload_content=False)

    requests.Session.send = send_here
    urllib3.PoolManager.request = request_here
    urllib.request.urlopen = urlopen_here


if FOLDER:
    install()
