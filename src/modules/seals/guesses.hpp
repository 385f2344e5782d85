#pragma once

#include "core/merkle.hpp"
#include "core/row_format.hpp"

// What a changed row said before, where that can be found out: a digest does not tell, but it can be tried.
namespace concentric::seals {

// In words: the column that was changed and what it said, when a single column explains the digest (numbers up to 10,000, moments
// moved by whole minutes within a day or whole hours within a month, an emptied text, a kind of the catalogue); else that more was
// changed than can be tried.
Words what_differs(crypto::Merkle&, RowFormat const&, db::RowView const& row, crypto::Digest const& sealed);

} // namespace concentric::seals
