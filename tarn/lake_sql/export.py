"""Answers as Lake delivers them: result_N.csv.gz and a file that signs them; and checking both.

The sign file has the fields of Lake's, and is checked in the same way: the SHA-256 of each file as
it lies there, and an RSA signature (PKCS#1 v1.5, SHA-256) over all of them joined by blanks.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ingest.landing.layout import make_file, make_folder, sha256_of
from tarn.errors import TarnError
from tarn.lake_sql.answers import LakeResult
from tarn.results import encode

SIGN_FILE: Final = "result_sign.json"
KEYS: Final = "keys"
_VERSION: Final = "1.0"
# There is no region here; Lake's field is kept, so that its readers find it.
_REGION: Final = "local"
_ROWS_A_FILE: Final = 1_000_000
_KEY_BITS: Final = 2048


def export(result: LakeResult, folder: Path, root: Path, completed_at: datetime) -> list[Path]:
    """Write an answer to a folder, signed with the lake's key. Raises TarnError and OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    old = [path for path in folder.iterdir() if path.name.startswith("result_")]
    if old:
        raise TarnError(f"{folder} holds an answer already ({old[0].name}): name another folder.")
    written = []
    for number, part in enumerate(_parts(result), start=1):
        path = folder / f"result_{number}.csv.gz"
        path.write_bytes(encode(part, "csv.gz"))
        written.append(path)
    key = _key(root)
    hashed = [sha256_of(path) for path in written]
    signature = key.sign(" ".join(hashed).encode(), padding.PKCS1v15(), hashes.SHA256())
    sign_file = {
        "version": _VERSION,
        "region": _REGION,
        "files": [
            {"fileHashValue": digest, "fileName": path.name}
            for digest, path in zip(hashed, written, strict=True)
        ],
        "hashAlgorithm": "SHA-256",
        "signatureAlgorithm": "SHA256withRSA",
        "queryCompleteTime": f"{completed_at:%Y-%m-%dT%H:%M:%SZ}",
        "hashSignature": signature.hex(),
        "publicKeyFingerprint": _fingerprint(key.public_key()),
    }
    (folder / SIGN_FILE).write_text(json.dumps(sign_file), encoding="utf-8")
    return [*written, folder / SIGN_FILE]


def _parts(result: LakeResult) -> Iterator[LakeResult]:
    rows = result.table.num_rows
    for start in range(0, max(rows, 1), _ROWS_A_FILE):
        yield LakeResult(result.table.slice(start, _ROWS_A_FILE), result.labels, result.types)


def verify(folder: Path, root: Path, key_file: Path | None = None) -> list[str]:
    """The names of an export's files, all of them as they were signed.

    Raises TarnError that names the first file that is not.
    """
    sign_file = _read(folder)
    names = []
    for entry in sign_file["files"]:
        name = str(entry["fileName"])
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise TarnError(f"{folder / name} is missing: it was signed, and is not there.")
        if sha256_of(path) != entry["fileHashValue"]:
            raise TarnError(f"{path} was changed: its SHA-256 is not the one that was signed.")
        names.append(name)
    _verify_signature(folder, sign_file, _public_key(root, key_file))
    more = sorted(path.name for path in folder.glob("result_*.csv.gz") if path.name not in names)
    if more:
        raise TarnError(
            f"{folder / more[0]} was added: it is not among the files that were signed."
        )
    return names


def _read(folder: Path) -> dict[str, Any]:
    path = folder / SIGN_FILE
    try:
        sign_file: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not sign_file["files"] or not bytes.fromhex(sign_file["hashSignature"]):
            raise ValueError("it signs nothing")
        [(entry["fileName"], entry["fileHashValue"]) for entry in sign_file["files"]]
    except FileNotFoundError as error:
        raise TarnError(f"{path} is missing: there is nothing to verify by.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TarnError(f"{path} was changed: it is no sign file ({error}).") from error
    return sign_file


def _verify_signature(folder: Path, sign_file: dict[str, Any], key: rsa.RSAPublicKey) -> None:
    if sign_file.get("publicKeyFingerprint") != _fingerprint(key):
        raise TarnError(
            f"{folder / SIGN_FILE} was signed with another key, or changed: give the public key "
            "by --key FILE."
        )
    signed = " ".join(entry["fileHashValue"] for entry in sign_file["files"]).encode()
    signature = bytes.fromhex(sign_file["hashSignature"])
    try:
        key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise TarnError(f"{folder / SIGN_FILE} was changed: its signature does not fit.") from error


def _key(root: Path) -> rsa.RSAPrivateKey:
    """The lake's key, made when it is first needed, for the owner alone."""
    path = root / KEYS / "private.pem"
    if not path.exists():
        make_folder(path.parent)
        key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
        make_file(path)
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (path.parent / "public.pem").write_bytes(public)
    loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise TarnError(f"{path} holds no RSA key: move it away, and a new one is made.")
    return loaded


def _public_key(root: Path, key_file: Path | None) -> rsa.RSAPublicKey:
    path = key_file or root / KEYS / "public.pem"
    try:
        loaded = serialization.load_pem_public_key(path.read_bytes())
    except FileNotFoundError as error:
        raise TarnError(f"There is no public key {path}: give it by --key FILE.") from error
    except ValueError as error:
        raise TarnError(f"{path} holds no public key in PEM form.") from error
    if not isinstance(loaded, rsa.RSAPublicKey):
        raise TarnError(f"{path} holds no RSA key.")
    return loaded


def _fingerprint(key: rsa.RSAPublicKey) -> str:
    data = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(data).hexdigest()
