#pragma once

#include "core/jobs.hpp"
#include "modules/seals/blocks.hpp"

// Proves that nothing in the ledger and the audit log was changed, taken away or put in since it was sealed; else names what was.
namespace concentric::seals {

enum class FaultKind {
    tampered, // the row says something else now
    missing, // the row was sealed and is gone
    inserted, // the row was never sealed and is too old to wait for it
    block_changed, // the block's rows do not lead to its root
    chain_broken, // a block is missing, or does not follow the one before
    not_signed, // the signature is not of this installation's key
};
BOOST_DESCRIBE_ENUM(FaultKind, tampered, missing, inserted, block_changed, chain_broken, not_signed)

struct Fault {
    Stream stream{};
    FaultKind kind{};
    std::int64_t block = 0; // 0: none
    std::optional<Id<struct RowTag>> row;
    std::string zh, en; // what differs, as far as it can be known
};
BOOST_DESCRIBE_STRUCT(Fault, (), (stream, kind, block, row, zh, en))

struct Verification {
    std::int64_t blocks = 0, rows = 0;
    std::int64_t waiting = 0; // rows that are not sealed yet
    std::int64_t fault_count = 0;
    std::vector<Fault> faults; // the first 1,000
    std::int64_t milliseconds = 0;
    bool holds() const { return fault_count == 0; }
};
BOOST_DESCRIBE_STRUCT(Verification, (), (blocks, rows, waiting, fault_count, faults, milliseconds))

// Reads every block and every row of the county in one transaction that only reads. Of one stream, or of both.
Verification verify(Call&, std::optional<Stream>, Progress&);

} // namespace concentric::seals
