#include "lib/teaching_package.hpp"

#include "lib/zip_writer.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <fstream>

namespace concentric::lib {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Parts = std::vector<std::pair<std::string, std::string>>;

std::string manifest(std::string const& items, std::string const& resources, std::string const& version = "1.2")
{
    return R"(<?xml version="1.0"?><manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"><metadata><schemaversion>)"
        + version + R"(</schemaversion></metadata><organizations default="o"><organization identifier="o"><title>家庭会议</title>)"
        + items + "</organization></organizations><resources>" + resources + "</resources></manifest>";
}

std::string const one_item = R"(<item identifier="i1" identifierref="r1"><title>第一页</title></item>)";
std::string const one_resource = R"(<resource identifier="r1" adlcp:scormtype="sco" href="a.html"/>)";

// A ZIP on the disk that goes away with the object.
class Zip {
public:
    explicit Zip(std::string const& bytes)
        : path(std::filesystem::temp_directory_path() / ("package-test-" + std::to_string(::getpid())))
    {
        std::ofstream(path, std::ios::binary) << bytes;
    }
    explicit Zip(Parts const& parts) : Zip(write_zip(parts)) { }
    ~Zip() { std::filesystem::remove(path); }
    std::filesystem::path const path;
};

std::string faults_of(TeachingPackage const& package)
{
    std::string all;
    for (auto const& fault : package.faults)
        all += fault.en + "\n";
    return all;
}
std::string faults_in(Parts const& parts) { return faults_of(look_through_package(Zip(parts).path)); }

TEST(TeachingPackages, a_table_of_contents_comes_with_its_depths_pages_and_what_the_manifest_tells_them)
{
    auto const items = R"(<item identifier="h"><title>第一章</title>
        <item identifier="i1" identifierref="r1" parameters="?step=2"><title>听</title>
            <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>level=2</adlcp:datafromlms></item>
        <item identifier="i2" identifierref="r2"><title>读</title></item></item>)";
    auto const resources = R"(<resource identifier="r1" adlcp:scormtype="sco" xml:base="pages/" href="a%20b.html"/>
        <resource identifier="r2" adlcp:scormtype="asset" href="c.pdf"/>)";
    Zip const zip(Parts{{"imsmanifest.xml", manifest(items, resources)}, {"pages/a b.html", "<html>"}, {"c.pdf", "%PDF-"}});

    auto const package = look_through_package(zip.path);

    EXPECT_EQ(faults_of(package), "");
    EXPECT_EQ(package.version, "1.2");
    EXPECT_EQ(package.title, "家庭会议");
    ASSERT_EQ(package.items.size(), 3U);
    EXPECT_EQ(package.items[0].page, "");
    EXPECT_EQ(package.items[1].page, "pages/a%20b.html?step=2");
    EXPECT_EQ(package.items[1].depth, 1);
    EXPECT_TRUE(package.items[1].is_reporting);
    EXPECT_EQ(package.items[1].mastery_score, "80");
    EXPECT_EQ(package.items[1].launch_data, "level=2");
    EXPECT_FALSE(package.items[2].is_reporting);
}

TEST(TeachingPackages, scorm_2004_writes_its_words_otherwise)
{
    Zip const zip(Parts{{"imsmanifest.xml",
                            manifest(R"(<item identifier="i1" identifierref="r1"><title>页</title></item>)",
                                R"(<resource identifier="r1" adlcp:scormType="sco" href="a.html"/>)", "2004 4th Edition")},
        {"a.html", "<html>"}});

    auto const package = look_through_package(zip.path);

    EXPECT_EQ(faults_of(package), "");
    EXPECT_EQ(package.version, "2004");
    EXPECT_TRUE(package.items.front().is_reporting);
}

TEST(TeachingPackages, names_that_lead_out_of_the_package_are_refused)
{
    for (auto const* name : {"../a.html", "x/../../a.html", "/etc/passwd", "C:/a.html", "x\\a.html", "x//a.html", "a\nb.html"})
        EXPECT_THAT(faults_in({{"imsmanifest.xml", manifest(one_item, one_resource)}, {"a.html", "<html>"}, {name, "x"}}),
            HasSubstr("The file name"))
            << name;
}

TEST(TeachingPackages, a_symbolic_link_is_refused)
{
    Zip const zip(Parts{{"imsmanifest.xml", manifest(one_item, one_resource)}, {"a.html", "<html>"}, {"link", "/etc/passwd"}});
    auto* const opened = zip_open(zip.path.c_str(), 0, nullptr);
    zip_file_set_external_attributes(opened, 2, 0, ZIP_OPSYS_UNIX, static_cast<zip_uint32_t>(S_IFLNK | 0777) << 16);
    zip_close(opened);

    EXPECT_EQ(faults_of(look_through_package(zip.path)), "\"link\" is a link or a special file.\n");
}

TEST(TeachingPackages, what_says_that_it_unpacks_to_more_than_allowed_is_refused_before_anything_is_unpacked)
{
    Zip const zip(Parts{{"imsmanifest.xml", manifest(one_item, one_resource)}, {"a.html", std::string(200'000, ' ')}});

    EXPECT_THAT(faults_of(look_through_package(zip.path, {5'000, 100'000, 1 << 20, 200})), HasSubstr("\"a.html\" unpacks to more"));
    EXPECT_THAT(
        faults_of(look_through_package(zip.path, {5'000, 1 << 20, 100'000, 200})), HasSubstr("The package unpacks to more"));
    EXPECT_THAT(faults_of(look_through_package(zip.path, {1, 1 << 20, 1 << 20, 200})), HasSubstr("more than 1 files"));
}

TEST(TeachingPackages, a_bomb_that_lies_about_its_size_ends_the_unpacking)
{
    Zip const zip(Parts{{"imsmanifest.xml", manifest(one_item, one_resource)}, {"a.html", std::string(300'000, ' ')}});
    auto const package = look_through_package(zip.path);
    std::size_t unpacked_bytes = 0;

    auto const fault = unpack(
        zip.path, package, {5'000, 1 << 20, 100'000, 200}, [](auto const&) {},
        [&](std::string_view piece) { unpacked_bytes += piece.size(); });

    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->en, "More comes out of the package than it says.");
    EXPECT_LE(unpacked_bytes, 100'000U);
}

TEST(TeachingPackages, every_fault_of_a_manifest_is_named)
{
    auto const items = R"(<item identifier="i1" identifierref="nowhere"><title>甲</title></item>
        <item identifier="i1" identifierref="r1"><title>乙</title></item>
        <item identifier="i3" identifierref="r2"><title>丙</title></item>
        <item identifier="i4" identifierref="r3"><title>丁</title></item>)";
    auto const resources = R"(<resource identifier="r1" adlcp:scormtype="sco" href="missing.html"/>
        <resource identifier="r2" adlcp:scormtype="sco" href="https://elsewhere.example/a.html"/>
        <resource identifier="r3" adlcp:scormtype="sco" href="film.mp4"/>)";

    EXPECT_EQ(faults_in({{"imsmanifest.xml", manifest(items, resources, "")}, {"film.mp4", "x"}}),
        "imsmanifest.xml does not say whether it is SCORM 1.2 or 2004 (schemaversion).\n"
        "The item \"甲\" names a resource \"nowhere\" that is not there.\n"
        "The item \"乙\" has no identifier, one that is too long, or one that is there twice.\n"
        "The page \"missing.html\" of \"乙\" is not in the package.\n"
        "The page of \"丙\" lies outside: https://elsewhere.example/a.html.\n"
        "\"film.mp4\", with which \"丁\" begins, is no web page (HTML).\n");
}

TEST(TeachingPackages, what_is_no_package_is_told_so)
{
    EXPECT_THAT(faults_of(look_through_package(Zip(std::string("no zip at all")).path)), HasSubstr("damaged, or no ZIP"));
    EXPECT_THAT(faults_in({{"a.html", "x"}}), HasSubstr("no imsmanifest.xml at the top"));
    EXPECT_THAT(faults_in({{"imsmanifest.xml", "<manifest><open>"}}), HasSubstr("imsmanifest.xml"));
}

// External entities would read files of this machine, and nested ones fill its memory.
TEST(TeachingPackages, a_manifest_that_declares_a_document_type_is_refused)
{
    auto const evil = R"(<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]>)" + manifest("<item>&x;</item>", "");

    EXPECT_THAT(faults_in({{"imsmanifest.xml", evil}}), HasSubstr("DOCTYPE"));
}

TEST(TeachingPackages, names_written_in_gb18030_are_read)
{
    auto bytes = write_zip({{"imsmanifest.xml", manifest(one_item, one_resource)}, {"a.html", "<html>"}, {"AB.png", "x"}});
    for (auto at = bytes.find("AB.png"); at != std::string::npos; at = bytes.find("AB.png"))
        bytes.replace(at, 2, "\xBF\xCE");

    auto const package = look_through_package(Zip(bytes).path);

    EXPECT_EQ(faults_of(package), "");
    EXPECT_EQ(package.files.back().path, "课.png");
}

} // namespace
} // namespace concentric::lib
