#include "testing/fresh.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace concentric {
namespace {

struct BlobsTest : testing::Test {
    FreshFolder folder;
    Blobs blobs {folder.path / "files"};
};

TEST_F(BlobsTest, a_file_comes_back_by_its_hash)
{
    auto const hash = blobs.put("abc");

    EXPECT_EQ(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-4, example 1
    EXPECT_EQ(blobs.get(hash), "abc");
    EXPECT_TRUE(std::filesystem::exists(folder.path / "files" / "ba" / "78" / hash));
}

TEST_F(BlobsTest, the_same_file_is_kept_once)
{
    EXPECT_EQ(blobs.put("abc"), blobs.put("abc"));

    std::size_t files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path))
        files += entry.is_regular_file();
    EXPECT_EQ(files, 1u);
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
