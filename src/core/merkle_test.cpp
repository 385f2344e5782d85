#include "core/merkle.hpp"

#include <gtest/gtest.h>

namespace concentric::crypto {
namespace {

std::vector<Digest> leaves(Merkle& merkle, std::size_t count)
{
    std::vector<Digest> made;
    for (std::size_t i = 0; i < count; ++i)
        made.push_back(merkle.leaf("record " + std::to_string(i)));
    return made;
}

TEST(MerkleTree, has_the_roots_of_certificate_transparency)
{
    // The inputs and roots of certificate-transparency-go's reference test, for the first n of eight records.
    std::string_view const records[]{"", {"\x00", 1}, "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43",
        "\x50\x51\x52\x53\x54\x55\x56\x57", "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
    std::string_view const roots[]{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Merkle merkle(Suite::international);
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < 8; ++i) {
        leaves.push_back(merkle.leaf(records[i]));
        EXPECT_EQ(to_hex(view(merkle.root(leaves))), roots[i]) << i;
    }
    EXPECT_EQ(to_hex(view(merkle.root({}))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(MerkleTree, proves_every_record_of_every_size_and_no_other)
{
    for (auto const suite : {Suite::international, Suite::shangmi}) {
        Merkle merkle(suite);
        for (std::size_t count = 1; count <= 40; ++count) {
            auto const all = leaves(merkle, count);
            auto const root = merkle.root(all);
            for (std::size_t at = 0; at < count; ++at) {
                auto path = merkle.path(all, at);
                ASSERT_TRUE(merkle.leads(all[at], at, count, path, root)) << count << " " << at;
                ASSERT_FALSE(merkle.leads(merkle.leaf("another"), at, count, path, root));
                ASSERT_FALSE(merkle.leads(all[at], at + 1, count, path, root)) << count << " " << at;
                path.push_back(root);
                ASSERT_FALSE(merkle.leads(all[at], at, count, path, root));
            }
        }
    }
}

TEST(MerkleTree, a_node_does_not_pass_for_a_record)
{
    Merkle merkle(Suite::international);
    auto const two = leaves(merkle, 2);
    std::string const both = std::string(view(two[0])) + std::string(view(two[1]));

    EXPECT_NE(merkle.root(two), merkle.leaf(both));
}

} // namespace
} // namespace concentric::crypto
