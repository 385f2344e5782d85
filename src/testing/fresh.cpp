#include "testing/fresh.hpp"

#include <cstdlib>
#include <unistd.h>

namespace concentric {
namespace {

std::string make_folder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "concentric-test-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        throw std::runtime_error("cannot make a folder for the test");
    return pattern;
}

std::string unique_name(char const* what)
{
    return "concentric_" + std::string(what) + "_" + std::to_string(getpid()) + "_" + std::to_string(new_id());
}

// The URL of another database on the same server: only the path changes.
std::string with_database(std::string const& url, std::string const& name)
{
    auto const host = url.find("://") + 3;
    auto const path = std::min(url.find('/', host), url.find('?', host));
    auto const query = url.find('?', host);
    return url.substr(0, path) + "/" + name + (query == std::string::npos ? "" : url.substr(query));
}

// Those that tests speak of.
constexpr std::int64_t counties[]{Fresh::county, 360200};

crypto::Suite suite_of_tests()
{
    char const* const named = std::getenv("CONCENTRIC_TEST_SUITE");
    return named ? reflect::value_named<crypto::Suite>(named).value() : crypto::Suite::international;
}

// Migrated once for the whole test program, then copied for each test.
class Template {
public:
    static Template const& the()
    {
        static Template const made;
        return made;
    }

    ~Template()
    {
        if (!server_.empty())
            on_server("DROP DATABASE IF EXISTS " + name_);
    }

    db::Address copy_into(std::filesystem::path const& folder) const
    {
        if (server_.empty()) {
            auto const file = folder / "concentric.db";
            std::filesystem::copy_file(folder_.path / "template.db", file);
            return with_keys(db::parse_address(file));
        }
        auto const name = unique_name("test");
        // To write a log of each page takes several times as long.
        on_server("CREATE DATABASE " + name + " TEMPLATE " + name_ + " STRATEGY file_copy");
        return with_keys(db::parse_address(with_database(server_, name)));
    }

    void remove(db::Address const& address) const
    {
        if (server_.empty())
            return;
        auto const from = address.location.find('/', address.location.find("://") + 3) + 1;
        on_server("DROP DATABASE IF EXISTS " + address.location.substr(from, address.location.find('?') - from) + " WITH (FORCE)");
    }

private:
    Template()
    {
        if (!server_.empty())
            on_server("CREATE DATABASE " + name_ + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'");
        auto const db = db::open(
            db::parse_address(server_.empty() ? (folder_.path / "template.db").string() : with_database(server_, name_)));
        db::migrate(*db);
        Keyring keys(db::parse_address(server_.empty() ? (folder_.path / "template.db").string() : with_database(server_, name_)),
            keys_folder_, suite_);
        for (auto const county : counties)
            keys.prepare(*db, county);
    }

    // A copy has the keys of the original.
    db::Address with_keys(db::Address address) const
    {
        address.keys = std::make_shared<Keyring>(address, keys_folder_, suite_);
        address.keys->prepare(*db::open(address), Fresh::county);
        return address;
    }

    void on_server(std::string const& sql) const { db::open(db::parse_address(server_))->script(sql); }

    std::string const server_ = std::getenv("CONCENTRIC_TEST_POSTGRES") ? std::getenv("CONCENTRIC_TEST_POSTGRES") : "";
    std::string const name_ = unique_name("template");
    FreshFolder folder_;
    std::filesystem::path const keys_folder_ = folder_.path / "keys";
    crypto::Suite const suite_ = suite_of_tests();
};

} // namespace

FreshFolder::FreshFolder() : path(make_folder()) { }

FreshFolder::~FreshFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

FreshDatabase::FreshDatabase(FreshFolder const& folder) : address(Template::the().copy_into(folder.path)) { }

FreshDatabase::~FreshDatabase() { Template::the().remove(address); }

Fresh::Fresh() = default;

Call Fresh::call_by(Viewer viewer)
{
    return {db, county, std::move(viewer), clock.now(), jobs, blobs, events, "test", "127.0.0.1", "test"};
}

} // namespace concentric
