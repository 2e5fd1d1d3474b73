# SPDX-License-Identifier: MIT
meta:
  id: nbt
  title: PROSOFT project file (.nbt), container format 1
  file-extension: nbt
  endian: le
  license: MIT
  ks-version: 0.9
doc: |
  The container of a PROSOFT project, as proposed by this project: PROSOFT's own
  format is not public. It lets a reader find who is integrator and who is owner
  without reading the project itself, whatever its size.

  A file is a header of 64 bytes, a table of 1 to 256 sections, and the sections.
  Everything is little-endian. A reader refuses what it does not understand and
  reads only what it needs. What Kaitai Struct checks is marked `valid` below;
  what it cannot express, a reader must check as well:

  - `header.file_size` equals the real size of the file;
  - `header.table_sha256` is the SHA-256 of the section table, and every
    `entry.stored_sha256` that of the stored bytes of its section;
  - sections lie in ascending order behind the table, do not overlap, and end
    within the file. No two begin at the same place, empty ones included;
  - a tag occurs once. Unknown tags are skipped, or refused if marked critical;
  - INST, UNIT and USER are present, LOCK exactly when the file is protected.
    Then UNIT and USER are encrypted, INST may be, LOCK is not. Without the
    flag nothing is encrypted;
  - plain bytes are at most 64 KiB for INST, 256 KiB for UNIT, 512 KiB for USER,
    4 KiB for LOCK.

  The plain bytes of these four are strict UTF-8 JSON: no byte order mark, no
  `\u0000`, at most 32 levels, 20,000 values and 2,048 members of an object, no
  member twice in an object, integers of 64 bits. Members that are not known are
  ignored. A string of a role or of an installation is at most 256 bytes of
  UTF-8, with these exceptions: language 35, prosoft 32, ttcloud.id and the ids
  of people and integrators 64, e-mail addresses 320, instants 40.
doc-ref: plugin/installation/nbt-table.h
seq:
  - id: header
    type: header
  - id: table
    type: section_table
    size: header.num_sections * 64
types:
  header:
    doc: The first 64 bytes.
    seq:
      - id: magic
        contents: [0x89, NBT, 0x0d, 0x0a, 0x1a, 0x0a]
        doc: Like PNG's, it shows a transfer that changed line ends or cut bit 7.
      - id: major
        type: u2
        valid: 1
        doc: Another major version is another format.
      - id: minor
        type: u2
        doc: 0 today. A higher one only adds what older readers may skip.
      - id: flags
        type: u4
        valid:
          max: 1
        doc: Bit 0 says that the project has a password. All others are zero.
      - id: file_size
        type: u8
        doc: Size of the whole file in bytes.
      - id: num_sections
        type: u4
        valid:
          min: 1
          max: 256
      - id: reserved
        type: u4
        valid: 0
      - id: table_sha256
        size: 32
        doc: SHA-256 of the section table.
    instances:
      is_protected:
        value: (flags & 1) != 0
  section_table:
    seq:
      - id: entries
        type: entry
        repeat: expr
        repeat-expr: _root.header.num_sections
  entry:
    doc: |
      One section. The first 32 bytes of an entry are the additional data of its
      encryption, so that a sealed section cannot be moved or renamed.
    seq:
      - id: tag
        type: str
        size: 4
        encoding: ASCII
        doc: |
          Four of A-Z and 0-9.
          INST: the installation, `{"id", "name", "language", "prosoft",
          "ttcloud": {"connected", "id"}, "modified", "transmitted",
          "transmitted_users_sha256"}`; required are id, name, prosoft, ttcloud
          and its connected, and its id when connected. id is a UUID, prosoft
          numbers with dots between them, ttcloud.id of A-Z a-z 0-9 _ -,
          modified and transmitted instants of RFC 3339, the digest in hex.
          UNIT: every central unit on this file, `[{"type", "name", "serial",
          "mac", "ip", "firmware"}]`; required are type and name; at most 256.
          USER: who is who, `{"people": [{"id", "name", "email", "group",
          "cloud_access": "none"|"user"|"owner", "integrator"}], "integrators":
          [{"id", "name", "company", "email"}]}`; required are both lists, id,
          name, cloud_access, and an integrator's email; at most 2,000 people
          and 1,000 integrators.
          LOCK: how the key follows from the password, `{"kdf": "scrypt", "n",
          "r", "p", "salt"}` with n a power of two from 2 (below 65536 when r
          is 1), r from 1 to 1024, 128 * n * r at most 64 MiB, p 1, and salt 16
          bytes in base64. Writers use n 32768 and r 8.
          Any other tag belongs to the project itself.
      - id: flags
        type: u4
        valid:
          max: 3
        doc: |
          Bit 0: encrypted. Bit 1: critical, a reader that does not know the tag
          refuses the file. All others are zero.
      - id: offset
        type: u8
        valid:
          expr: _ % 8 == 0
        doc: From the beginning of the file; a multiple of 8.
      - id: stored_length
        type: u8
        doc: Bytes in the file.
      - id: plain_length
        type: u8
        doc: As stored, or 28 less when encrypted.
      - id: stored_sha256
        size: 32
        doc: SHA-256 of the stored bytes, checked before anything is decrypted.
    instances:
      is_encrypted:
        value: (flags & 1) != 0
      is_critical:
        value: (flags & 2) != 0
      body:
        io: _root._io
        pos: offset
        size: stored_length
        if: not is_encrypted
        doc: Plain bytes.
      sealed:
        io: _root._io
        pos: offset
        size: stored_length
        type: sealed(stored_length)
        if: is_encrypted
  sealed:
    doc: |
      AES-256-GCM. The key is 32 bytes of scrypt over the password as UTF-8, exactly
      as it was typed (not normalized), with the parameters of LOCK. A tag that does
      not match means a wrong password, unless another section opens.
    params:
      - id: stored_length
        type: u8
    seq:
      - id: nonce
        size: 12
      - id: ciphertext
        size: stored_length - 28
      - id: tag
        size: 16
