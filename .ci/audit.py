"""Ask the public advisory service about every locked dependency.

`make check` calls this. A known vulnerability fails the check; a machine that cannot reach the
service is told so and passes, because the same code must be checkable without a network.
"""

import json
import subprocess
import sys
from typing import Any


def main(lock: str) -> int:
    """Audit one lock file, say what came of it, and return the exit code."""
    dependencies = audited(lock)
    answered = [one for one in dependencies if "vulns" in one]
    found = [vulnerability(one, known) for one in answered for known in one["vulns"]]
    if found:
        print(*found, "Take the fixed releases: make lock ARGS=--upgrade", sep="\n")
    elif answered:
        print(f"{lock}: {len(answered)} of {len(dependencies)} audited, no vulnerability known.")
    else:
        print(f"{lock} was NOT audited: no advisory service answered. Audit it where one does.")
    return int(bool(found))


def audited(lock: str) -> list[dict[str, Any]]:
    """Return what pip-audit says of each dependency; nothing where it could not report."""
    auditor = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"]
    report = subprocess.run(  # noqa: S603 - a fixed command about a file that make names
        [*auditor, "--format", "json", "--progress-spinner", "off", "--requirement", lock],
        capture_output=True,
        check=False,
    ).stdout
    dependencies: list[dict[str, Any]] = json.loads(report)["dependencies"] if report else []
    return dependencies


def vulnerability(dependency: dict[str, Any], known: dict[str, Any]) -> str:
    """Put one known vulnerability into one line."""
    fixed = ", ".join(known["fix_versions"]) or "no release yet"
    return f"{dependency['name']} {dependency['version']}: {known['id']}, fixed in {fixed}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
