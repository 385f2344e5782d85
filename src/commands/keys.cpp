#include "commands/commands.hpp"
#include "core/keyring.hpp"
#include "core/reseal.hpp"
#include "modules/all.hpp"

#include <fmt/format.h>

namespace concentric::commands {
namespace {

struct KeyShown {
    std::int64_t county = 0;
    KeyPurpose purpose{};
    std::int64_t version = 0;
    crypto::Suite suite{};
    std::string master;
    Instant created_at;
    std::optional<Instant> retired_at;
    std::optional<std::string> public_key;
};
BOOST_DESCRIBE_STRUCT(KeyShown, (), (county, purpose, version, suite, master, created_at, retired_at, public_key))

Words words_of(KeyPurpose purpose)
{
    switch (purpose) {
    case KeyPurpose::values: return {"号码", "numbers"};
    case KeyPurpose::index: return {"盲索引", "blind index"};
    case KeyPurpose::files: return {"文件", "files"};
    case KeyPurpose::signing: break;
    }
    return {"签名", "signing"};
}

void show(Setup const& setup)
{
    Ground ground(setup);
    fmt::print("主密钥 / master key: {}\n", ground.address.keys->master_file().string());
    for (auto const& key : ground.db->rows<KeyShown>("SELECT county, purpose, version, suite, master, created_at, retired_at, "
                                                     "public_key FROM data_keys ORDER BY county, purpose, version")) {
        auto const words = words_of(key.purpose);
        fmt::print("  {:06} {} {} v{} {} {} {}{}{}\n", key.county, words.zh, words.en, key.version, name_of(key.suite), key.master,
            text_of(day_at(key.created_at)), key.retired_at ? "  停用 / retired " + text_of(day_at(*key.retired_at)) : "",
            key.public_key ? "  公钥 / public key " + *key.public_key : "");
    }
}

std::vector<std::int64_t> counties_with_keys(Ground& ground)
{
    return ground.db->values<std::int64_t>("SELECT DISTINCT county AS value FROM data_keys WHERE county > 0 ORDER BY county");
}

Call call_in(Ground& ground, std::int64_t county)
{
    auto call = ground.call();
    call.county = county;
    return call;
}

void rotate(Setup const& setup, std::string const& suite_name, bool here)
{
    Ground ground(setup);
    auto& keys = *ground.address.keys;
    auto const suite = suite_name.empty() ? keys.suite() : reflect::value_named<crypto::Suite>(suite_name).value();
    for (auto const purpose : {KeyPurpose::values, KeyPurpose::files, KeyPurpose::signing})
        keys.add_key(*ground.db, 0, purpose, suite);
    for (auto const county : counties_with_keys(ground)) {
        keys.add_key(*ground.db, county, KeyPurpose::values, suite);
        auto call = call_in(ground, county);
        db::Transaction transaction(*ground.db);
        auto const job = call.jobs.add(call, reseal_job, "{}");
        record_audit(call, "keys_rotate");
        transaction.commit();
        fmt::print("{:06}: 新密钥已启用，旧数据由后台任务 {} 重新加密 / the new key is in use; job {} seals older data anew\n",
            county, job.value, job.value);
    }
    if (here)
        ground.jobs.run_all();
}

void reindex(Setup const& setup)
{
    Ground ground(setup);
    auto& keys = *ground.address.keys;
    keys.add_key(*ground.db, 0, KeyPurpose::index, keys.suite());
    for (auto const county : counties_with_keys(ground)) {
        keys.add_key(*ground.db, county, KeyPurpose::index, keys.suite());
        auto call = call_in(ground, county);
        Progress progress;
        fmt::print("{:06}: {}\n", county, reseal(call, all_sealed_columns(), Which::all, progress).values);
    }
}

void change_master(Setup const& setup)
{
    Ground ground(setup);
    ground.address.keys->change_master(*ground.db);
    fmt::print("新的主密钥已启用，请立即备份 / the new master key is in use; back it up now: {}\n",
        ground.address.keys->master_file().string());
}

} // namespace

void add_keys(CLI::App& app, Setup& setup)
{
    static std::string suite;
    static bool here = false;
    auto* const keys = app.add_subcommand("keys", "加密密钥 / the keys that seal numbers and files")->require_subcommand(1);
    keys->add_subcommand("show", "列出全部密钥 / lists all keys")->callback([&setup] { show(setup); });
    auto* const rotation
        = keys->add_subcommand("rotate", "换用新的数据密钥，服务器不必停 / puts new data keys in use, while the server runs");
    rotation->add_option("--suite", suite, "international 或 shangmi（商用密码） / international or shangmi")
        ->check(CLI::IsMember({"international", "shangmi"}));
    rotation->add_flag("--here", here, "没有服务器在运行时，就在这里重新加密 / seals older data anew here, where no server runs");
    rotation->callback([&setup] { rotate(setup, suite, here); });
    keys->add_subcommand("reindex", "换用新的盲索引密钥；请先停止服务器 / puts a new index key in use; stop the servers before")
        ->callback([&setup] { reindex(setup); });
    keys->add_subcommand("change-master", "换用新的主密钥 / puts a new master key in use")->callback([&setup] {
        change_master(setup);
    });
}

} // namespace concentric::commands
