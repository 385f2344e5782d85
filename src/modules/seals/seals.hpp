#pragma once

#include "core/route.hpp"
#include "modules/seals/verification.hpp"

// What people see of the seals: the chain of blocks, what the last verification found, and the proof of a single ledger entry that
// can be checked without this installation.
namespace concentric::seals {

inline constexpr std::string_view checking_job = "seals.check";

// Lets the job that verifies keep what it found.
void handle_jobs(Jobs&);
Routes routes();
// For a new key.
std::vector<SealedColumn> sealed_columns();

struct BlockShown {
    Stream stream{};
    std::int64_t number = 0, entries = 0;
    Instant first_at, last_at; // when its first and last row were written
    bool is_late = false;
    std::string root, digest, previous;
    Instant sealed_at;
    crypto::Suite suite{};
    std::int64_t key_version = 0;
};
BOOST_DESCRIBE_STRUCT(
    BlockShown, (), (stream, number, entries, first_at, last_at, is_late, root, digest, previous, sealed_at, suite, key_version))

struct StreamShown {
    Stream stream{};
    std::int64_t blocks = 0, entries = 0;
    std::optional<Instant> sealed_at; // of the newest block
    std::optional<std::string> digest; // of the newest block: whoever notes it elsewhere can tell later that nothing was cut off
};
BOOST_DESCRIBE_STRUCT(StreamShown, (), (stream, blocks, entries, sealed_at, digest))

struct CheckShown {
    Id<struct SealCheckTag> id;
    Instant at;
    Verification report;
};
BOOST_DESCRIBE_STRUCT(CheckShown, (), (id, at, report))

struct SealState {
    std::vector<StreamShown> streams;
    std::optional<CheckShown> last_check;
    std::optional<JobId> running_check;
};
BOOST_DESCRIBE_STRUCT(SealState, (), (streams, last_check, running_check))

// One digest on the way from the entry to the root, and on which side it stands.
struct ProofStep {
    bool is_left = false;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(ProofStep, (), (is_left, digest))

// With this and the installation's public key anybody can check that the entry was there when the block was signed, and said what
// it says.
struct Proof {
    std::string record; // the entry's bytes, hexadecimal (core/row_format.hpp)
    std::string leaf; // their digest after a zero byte
    std::int64_t position = 0; // in the block, from 0
    std::vector<ProofStep> path;
    std::string root;
    std::string block; // the text that is signed
    std::string signature, public_key; // base64url
    crypto::Suite suite{};
};
BOOST_DESCRIBE_STRUCT(Proof, (), (record, leaf, position, path, root, block, signature, public_key, suite))

struct EntryProof {
    EntryId entry;
    bool is_sealed = false; // false: waits for the next block
    bool holds = false; // what the entry says today is what was sealed
    std::optional<std::int64_t> block_number;
    std::optional<Instant> sealed_at;
    std::optional<Proof> proof;
};
BOOST_DESCRIBE_STRUCT(EntryProof, (), (entry, is_sealed, holds, block_number, sealed_at, proof))

} // namespace concentric::seals
