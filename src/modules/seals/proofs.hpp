#pragma once

#include "modules/seals/seals.hpp"

// The proof of one entry.
namespace concentric::seals {

struct OneEntry {
    EntryId id;
};
BOOST_DESCRIBE_STRUCT(OneEntry, (), (id))

// 404 when the viewer's post does not reach the entry.
EntryProof show_proof(Call&, OneEntry const&);
Download download_proof(Call&, OneEntry const&);

} // namespace concentric::seals
