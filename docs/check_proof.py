#!/usr/bin/env python3
"""Checks the proof of a ledger entry without Concentric: python3 check_proof.py proof-123.json [the installation's public key]

Needs Python 3 and, for the signature, the command openssl (3.0). The public key is best had from somewhere else than the proof: whoever runs
the installation publishes it (concentric keys show).
"""
import base64
import hashlib
import json
import struct
import subprocess
import sys
import tempfile

COLUMNS = ["county", "id", "kind*", "happened_at", "recorded_at", "recorded_by", "person", "student", "unit", "resource", "minutes", "count",
           "source*", "reverses", "reason*", "data*"]  # * is a text
ED25519 = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo before the 32 bytes (RFC 8410)
SM2 = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")  # the same before the point (GB/T 32918)


def columns(record):
    table, rest = record.split(b"\0", 1)
    assert table == b"entries"
    for name in COLUMNS:
        if name.endswith("*"):
            (length,) = struct.unpack(">I", rest[:4])
            yield name[:-1], rest[4:4 + length].decode()
            rest = rest[4 + length:]
        else:
            yield name, struct.unpack(">q", rest[:8])[0]
            rest = rest[8:]
    assert not rest


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(proof, public_key):
    head = SM2 if proof["suite"] == "shangmi" else ED25519
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key.der", head + public_key), ("block", proof["block"].encode()), ("signature", unpadded(proof["signature"]))):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", f"{folder}/key.der", "-rawin", "-in", f"{folder}/block",
                   "-sigfile", f"{folder}/signature"]
        if proof["suite"] == "shangmi":
            command += ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
        return subprocess.run(command, capture_output=True).returncode == 0


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        proof = json.load(file)
    digest = lambda data: hashlib.new("sm3" if proof["suite"] == "shangmi" else "sha256", data).digest()
    record = bytes.fromhex(proof["record"])
    here = digest(b"\0" + record)
    for step in proof["path"]:
        other = bytes.fromhex(step["digest"])
        here = digest(b"\1" + (other + here if step["is_left"] else here + other))
    signed_root = dict(line.split(" ", 1) for line in proof["block"].splitlines())["root"]
    public_key = unpadded(sys.argv[2] if len(sys.argv) > 2 else proof["public_key"])
    print(*(f"{name}: {value}" for name, value in columns(record)), sep="\n")
    print("\n" + proof["block"])
    good = here.hex() == signed_root == proof["root"] and is_signed(proof, public_key)
    print("真实 / genuine" if good else "不符 / NOT GENUINE")
    sys.exit(0 if good else 1)


main()
