#!/usr/bin/env python3
"""Checks the QR code of a certificate without Concentric and without a network: python3 check_certificate.py TEXT-OF-THE-CODE PUBLIC-KEY…

TEXT-OF-THE-CODE is what any reader finds in the QR code, with the address before '#' or without. PUBLIC-KEY is what whoever runs the
installation publishes (/api/public-keys, or concentric keys show); with several, the one that the code names is taken by its place.
Needs Python 3 and the command openssl (3.0). Whether the certificate was revoked later is not in the paper: ask the check page.
"""
import base64
import subprocess
import sys
import tempfile

ED25519 = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo before the 32 bytes (RFC 8410)
SM2 = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")  # the same before the point (GB/T 32918)


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(text, signature, public_key):
    is_sm2 = len(public_key) == 65
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key.der", (SM2 if is_sm2 else ED25519) + public_key), ("text", text), ("signature", signature)):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", f"{folder}/key.der", "-rawin", "-in",
                   f"{folder}/text", "-sigfile", f"{folder}/signature"]
        if is_sm2:
            command += ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"]
        return subprocess.run(command, capture_output=True).returncode == 0


def main():
    lines, signature = map(unpadded, sys.argv[1].split("#")[-1].split("."))
    keys = sys.argv[2:]
    version, county, number, day, name, title = lines.decode(errors="replace").split("\n")
    key = unpadded(keys[int(version) - 1] if len(keys) > 1 else keys[0])
    good = is_signed(b"concentric certificate 1\n" + lines, signature, key)
    print(f"编号 / number: {number}\n姓名 / name: {name}\n证书 / certificate: {title}\n发证日期 / issued on: {day}\n县（区） / county: {county}")
    print("真实 / genuine" if good else "不符 / NOT GENUINE")
    sys.exit(0 if good else 1)


main()
