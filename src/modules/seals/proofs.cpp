#include "modules/seals/proofs.hpp"

#include "core/keyring.hpp"
#include "modules/ledger/views.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace concentric::seals {
namespace {

// Of the blocks whose range holds the id there is one that is not late; the row is in that or in a late one.
struct Place {
    BlockHead block;
    std::vector<Leaf> leaves;
    std::size_t at = 0;
};

std::optional<Place> place_of(Call& call, std::int64_t id)
{
    static std::string const sql = fmt::format(
        "SELECT {} FROM seal_blocks WHERE county = $1 AND stream = $2 AND first_id <= $3 AND last_id >= $3 ORDER BY number",
        head_columns);
    for (auto const& block : call.db.rows<BlockHead>(sql, call.county, Stream::ledger, id)) {
        auto leaves = read_leaves(leaves_of(call.db, block)).value_or(std::vector<Leaf>{});
        auto const found = std::ranges::lower_bound(leaves, id, {}, &Leaf::id);
        if (found != leaves.end() && found->id == id)
            return Place{block, leaves, static_cast<std::size_t>(found - leaves.begin())};
    }
    return std::nullopt;
}

std::string record_of(Call& call, std::int64_t id)
{
    auto const& format = rows_of(Stream::ledger);
    std::string bytes;
    call.db.scan_all(
        fmt::format("SELECT {} FROM {} WHERE county = $1 AND id = $2", format.names(), format.table),
        [&](db::RowView const& row) { format.write(bytes, row); }, call.county, id);
    return bytes;
}

std::vector<ProofStep> steps(crypto::Merkle& merkle, Place const& place)
{
    std::vector<ProofStep> all;
    auto const path = merkle.path(digests(place.leaves), place.at);
    auto next = path.begin();
    for (std::size_t at = place.at, count = place.leaves.size(); count > 1; at /= 2, count = (count + 1) / 2)
        if ((at ^ 1) < count)
            all.push_back({at % 2 == 1, crypto::to_hex(crypto::view(*next++))});
    return all;
}

Proof proof_of(Call& call, Place const& place, std::string const& record)
{
    crypto::Merkle merkle(place.block.suite);
    Proof proof;
    proof.record = crypto::to_hex(record);
    proof.leaf = crypto::to_hex(crypto::view(merkle.leaf(record)));
    proof.position = static_cast<std::int64_t>(place.at);
    proof.path = steps(merkle, place);
    proof.root = place.block.root;
    proof.block = text_of(place.block);
    proof.signature = place.block.signature;
    crypto::append_base64url(proof.public_key, call.db.keys().verifying_key(place.block.key_version));
    proof.suite = place.block.suite;
    return proof;
}

bool holds(Proof const& proof, Place const& place, std::string const& record)
{
    crypto::Merkle merkle(place.block.suite);
    std::string signature, key;
    return merkle.leaf(record) == place.leaves[place.at].digest
        && crypto::to_hex(crypto::view(merkle.root(digests(place.leaves)))) == place.block.root
        && crypto::decode_base64url(proof.signature, signature) && crypto::decode_base64url(proof.public_key, key)
        && crypto::verify_signature(place.block.suite, key, proof.block, signature);
}

} // namespace

EntryProof show_proof(Call& call, OneEntry const& input)
{
    ledger::view_of(call, input.id); // 404 where it is out of reach
    EntryProof shown;
    shown.entry = input.id;
    auto const place = place_of(call, input.id.value);
    if (!place)
        return shown;
    auto const record = record_of(call, input.id.value);
    shown.is_sealed = true;
    shown.block_number = place->block.number;
    shown.sealed_at = place->block.sealed_at;
    shown.proof = proof_of(call, *place, record);
    shown.holds = holds(*shown.proof, *place, record);
    return shown;
}

Download download_proof(Call& call, OneEntry const& input)
{
    auto const shown = show_proof(call, input);
    if (!shown.proof)
        throw conflict({"这条记录还没有封存，请稍后再试。", "This entry is not sealed yet; please try again later."});
    return {to_json(*shown.proof), "application/json", fmt::format("proof-{}.json", input.id.value)};
}

} // namespace concentric::seals
