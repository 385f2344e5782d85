#include "commands/commands.hpp"
#include "commands/teller.hpp"
#include "core/keyring.hpp"
#include "core/restore.hpp"
#include "modules/all.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>

namespace concentric::commands {
namespace {

struct Wish {
    std::string file, passphrase_file;
    bool only_check = false;
};

std::string first_line(std::istream& in)
{
    std::string line;
    std::getline(in, line);
    return line;
}

// From the file that was named, else typed in.
std::string passphrase_of(Wish const& wish)
{
    if (!wish.passphrase_file.empty()) {
        std::ifstream in(wish.passphrase_file);
        if (auto line = first_line(in); !line.empty())
            return line;
        throw std::runtime_error(fmt::format("{} 中没有口令 / {} holds no passphrase", wish.passphrase_file, wish.passphrase_file));
    }
    fmt::print(stderr, "归档口令 / passphrase of the archive: ");
    return first_line(std::cin);
}

void archive(Setup const& setup, Wish const& wish)
{
    Ground ground(setup);
    auto call = ground.call();
    auto const passphrase = wish.passphrase_file.empty() ? random_passphrase() : passphrase_of(wish);
    auto const head = new_archive_head(call.county, ground.address.keys->suite(), schema_number(*ground.db), call.now);
    {
        db::Transaction transaction(*ground.db);
        record_audit(call, "archive_create");
        transaction.commit();
    }
    Progress progress;
    auto const made = [&] {
        Teller const teller(progress);
        return write_archive(call, wish.file, head, archive_key(head, passphrase), progress);
    }();
    fmt::print("{}: {} 行 rows, {} 个文件 files, {} 字节 bytes\n", wish.file, made.rows, made.files, made.file_size);
    if (wish.passphrase_file.empty())
        fmt::print("口令只显示这一次，没有它谁也打不开归档 / the passphrase is shown this once; nobody opens the archive without "
                   "it:\n{}\n",
            passphrase);
}

// Throws with all that is wrong.
void refuse(std::vector<Words> const& faults, std::int64_t count)
{
    if (count == 0)
        return;
    std::string text = fmt::format("{} 处问题，未作任何改动 / {} faults; nothing was changed", count, count);
    for (auto const& fault : faults)
        text += "\n  " + fault.zh + " / " + fault.en;
    throw std::runtime_error(text);
}

ArchiveReport checked(ArchiveReader& reader)
{
    Progress progress;
    Teller const teller(progress);
    return check_archive(reader, progress);
}

void show(ArchiveReader const& reader, ArchiveReport const& report)
{
    auto const& head = reader.head();
    fmt::print("{:06} {}，{} 制作，第 {} 步结构，{} / made {}, schema {}, {}\n", head.county, report.county.name,
        text_of(head.made_at), head.schema, name_of(head.suite), text_of(head.made_at), head.schema, name_of(head.suite));
    for (auto const& key : report.county.keys)
        fmt::print("  密钥 key: {:06} {} v{} {}\n", key.county, name_of(key.purpose), key.version, name_of(key.suite));
    for (auto const& table : report.manifest.tables)
        if (table.rows > 0)
            fmt::print("  {:<24} {:>10}\n", table.table, table.rows);
    fmt::print("  {} 行 rows, {} 个文件 files, {} 字节 bytes\n", report.manifest.rows(), report.manifest.files, report.file_bytes);
    for (auto const& table : report.manifest.left_out)
        fmt::print("  不含 without {}: {} / {}\n", table.table, table.zh, table.en);
}

// Not on the usual ground, which would bring the database to the program's schema and make keys of its own.
void restore(Setup const& setup, Wish const& wish)
{
    auto const settings = setup.settings();
    ArchiveReader reader(wish.file);
    reader.unlock(passphrase_of(wish));
    auto const report = checked(reader);
    show(reader, report);
    refuse(report.faults, report.fault_count);
    if (wish.only_check)
        return;
    std::filesystem::create_directories(settings.data.c_str());
    auto address = db::parse_address(settings.database_or_default());
    address.keys = std::make_shared<Keyring>(address, settings.keys_or_default(), settings.crypto_suite);
    auto const db = db::open(address);
    auto const against = hindrances(*db, reader.head().schema);
    refuse(against, static_cast<std::int64_t>(against.size()));
    Blobs blobs(std::filesystem::path(settings.data.c_str()) / "files", address.keys);
    Progress progress;
    {
        Teller const teller(progress);
        restore_archive(reader, *db, blobs, all_sealed_columns(), progress);
    }
    fmt::print("已恢复。请以 county = {} 启动，并备份主密钥 / restored; start with county = {}, and back up the master key: {}\n",
        reader.head().county, reader.head().county, address.keys->master_file().string());
}

} // namespace

void add_archive(CLI::App& app, Setup& setup)
{
    static Wish wish;
    auto const with_file = [](CLI::App* command) {
        command->add_option("file", wish.file, "归档文件 / the archive's file")->required();
        command->add_option("--passphrase-file", wish.passphrase_file,
            "第一行是口令的文件；不给时，制作用随机口令并显示一次，恢复时从键盘读取 / a file whose first line is the passphrase; "
            "without it, archiving "
            "makes one up and shows it once, restoring reads it from the keyboard");
        return command;
    };
    with_file(app.add_subcommand("archive",
                  "把一个区县的全部数据写成一个加密的归档文件 / writes everything that the county holds into one sealed file"))
        ->callback([&setup] { archive(setup, wish); });
    auto* const restoring = with_file(app.add_subcommand("restore",
        "把归档恢复到空数据库，SQLite 或 PostgreSQL 均可 / brings an archive into an empty database, SQLite or PostgreSQL"));
    restoring->add_flag(
        "--check", wish.only_check, "只核验归档是否完整，不写任何东西 / only proves that the archive is whole; writes nothing");
    restoring->callback([&setup] { restore(setup, wish); });
}

} // namespace concentric::commands
