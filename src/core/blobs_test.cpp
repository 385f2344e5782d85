#include "testing/fresh.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace concentric {
namespace {

struct BlobsTest : testing::Test {
    FreshFolder folder;
    FreshDatabase database{folder};
    std::filesystem::path const files = folder.path / "files";
    Blobs blobs{files, database.address.keys};

    std::filesystem::path file_of(std::string const& hash) const { return files / hash.substr(0, 2) / hash.substr(2, 2) / hash; }
    std::string on_disk(std::string const& hash) const
    {
        std::ifstream file(file_of(hash), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(BlobsTest, a_file_comes_back_by_its_address_and_is_sealed_on_the_disk)
{
    auto const hash = blobs.put("13800000001");

    EXPECT_EQ(blobs.get(hash), "13800000001");
    EXPECT_EQ(on_disk(hash).find("13800000001"), std::string::npos);
    EXPECT_NE(hash, crypto::to_hex(crypto::view(crypto::digest(crypto::Suite::international, "13800000001"))))
        << "nobody can guess at it";
}

TEST_F(BlobsTest, a_file_that_was_changed_on_the_disk_is_not_given_out)
{
    auto const hash = blobs.put("abc");
    auto bytes = on_disk(hash);
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    std::ofstream(file_of(hash), std::ios::binary) << bytes;

    EXPECT_THROW(blobs.get(hash), std::runtime_error);
}

TEST_F(BlobsTest, a_new_key_is_brought_to_all_files)
{
    auto const hash = blobs.put("abc");
    auto const before = on_disk(hash);
    database.address.keys->add_key(*db::open(database.address), 0, KeyPurpose::files, crypto::Suite::shangmi);

    EXPECT_EQ(blobs.seal_anew([](std::int64_t) {}), 1);

    EXPECT_NE(on_disk(hash), before);
    EXPECT_EQ(blobs.get(hash), "abc");
    EXPECT_EQ(blobs.seal_anew([](std::int64_t) {}), 0);
}

TEST_F(BlobsTest, the_same_file_is_kept_once)
{
    EXPECT_EQ(blobs.put("abc"), blobs.put("abc"));

    std::size_t count = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(files))
        count += entry.is_regular_file();
    EXPECT_EQ(count, 1u);
}

TEST_F(BlobsTest, zeros_and_nothing_are_files_too)
{
    EXPECT_EQ(blobs.get(blobs.put(std::string("a\0b", 3))), std::string("a\0b", 3));
    EXPECT_EQ(blobs.get(blobs.put("")), "");
}

TEST_F(BlobsTest, no_name_leads_out_of_the_folder)
{
    std::ofstream(folder.path / "secret") << "secret";

    EXPECT_EQ(blobs.get("../../secret"), std::nullopt);
    EXPECT_EQ(blobs.get(std::string(64, 'a')), std::nullopt);
}

} // namespace
} // namespace concentric
