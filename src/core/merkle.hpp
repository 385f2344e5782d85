#pragma once

#include "core/crypto_suite.hpp"

#include <span>
#include <vector>

// One digest that stands for many records: whoever changes, adds or takes away one gets another digest, and a few digests on the
// way prove that a record is among them. The tree of RFC 6962 (Certificate Transparency), section 2.1.
namespace concentric::crypto {

class Merkle {
public:
    explicit Merkle(Suite suite) : hasher_(suite) { }

    // H(0x00, record): a record can never pass for a node.
    Digest leaf(std::string_view record);
    // Of none: the digest of nothing.
    Digest root(std::span<Digest const> leaves);
    // From the leaf's neighbour upward.
    std::vector<Digest> path(std::span<Digest const> leaves, std::size_t at);
    // The root that a record's path leads to; it proves the record where it is the signed one. Nothing for a path that does not
    // fit.
    bool leads(Digest const& leaf, std::size_t at, std::size_t count, std::span<Digest const> path, Digest const& root);

private:
    Digest node(Digest const& left, Digest const& right); // H(0x01, left, right)
    void climb(std::vector<Digest>& level);

    Hasher hasher_;
};

} // namespace concentric::crypto
