#include "core/merkle.hpp"

namespace concentric::crypto {

Digest Merkle::leaf(std::string_view record)
{
    hasher_.add(std::string_view("\0", 1));
    hasher_.add(record);
    return hasher_.end();
}

Digest Merkle::node(Digest const& left, Digest const& right)
{
    std::array<char, 1 + 2 * sizeof(Digest)> both;
    both[0] = 1;
    std::copy(left.begin(), left.end(), both.begin() + 1);
    std::copy(right.begin(), right.end(), both.begin() + 1 + sizeof(Digest));
    hasher_.add({both.data(), both.size()});
    return hasher_.end();
}

// Pairs neighbours; one that is left over goes up as it is. That is the tree of the RFC, which splits at the greatest power of two.
void Merkle::climb(std::vector<Digest>& level)
{
    std::size_t to = 0;
    for (std::size_t from = 0; from < level.size(); from += 2, ++to)
        level[to] = from + 1 < level.size() ? node(level[from], level[from + 1]) : level[from];
    level.resize(to);
}

Digest Merkle::root(std::span<Digest const> leaves)
{
    if (leaves.empty())
        return hasher_.end();
    std::vector<Digest> level(leaves.begin(), leaves.end());
    while (level.size() > 1)
        climb(level);
    return level.front();
}

std::vector<Digest> Merkle::path(std::span<Digest const> leaves, std::size_t at)
{
    std::vector<Digest> way, level(leaves.begin(), leaves.end());
    for (; level.size() > 1; at /= 2) {
        if (auto const other = at ^ 1; other < level.size())
            way.push_back(level[other]);
        climb(level);
    }
    return way;
}

bool Merkle::leads(Digest const& leaf, std::size_t at, std::size_t count, std::span<Digest const> path, Digest const& root)
{
    if (at >= count)
        return false;
    auto here = leaf;
    auto next = path.begin();
    for (; count > 1; at /= 2, count = (count + 1) / 2) {
        if ((at ^ 1) >= count)
            continue;
        if (next == path.end())
            return false;
        here = at % 2 ? node(*next, here) : node(here, *next);
        ++next;
    }
    return next == path.end() && here == root;
}

} // namespace concentric::crypto
