"""JavaRosa, the engine of ODK Collect, as a reference: run from the jar that comes with pyxform, where a JDK exists."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

_DRIVER = Path(__file__).with_name("FormDriver.java")
NAME = "JavaRosa (CPU time of its main thread)"


@cache
def _classpath() -> str:
    """Where the compiled driver and JavaRosa lie; '' without a JDK or the jar."""
    java, javac, spec = shutil.which("java"), shutil.which("javac"), find_spec("pyxform")
    if java is None or javac is None or spec is None or spec.origin is None:
        return ""
    jar = Path(spec.origin).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    if not jar.exists():
        return ""
    folder = mkdtemp(prefix="kume-bench-java-")
    subprocess.run([javac, "-cp", str(jar), "-d", folder, str(_DRIVER)], check=True)
    return f"{folder}:{jar}"


def is_here() -> bool:
    """Whether JavaRosa can be run."""
    return bool(_classpath())


def figures(*words: str) -> Sequence[float]:
    """What the driver prints for these words: milliseconds."""
    command = ["java", "-cp", _classpath(), "FormDriver", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(word) for word in ended.stdout.splitlines()[-1].split()]
