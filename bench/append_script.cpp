// The yardstick for appending to the ledger on PostgreSQL: writes down every statement that the route runs for one entry, and
// prints them as a script for pgbench in which pupils change from run to run. Nothing is left out but the look at the session.
//
//   append_script DATABASE KEYS COUNTY PUPILS        prints the script; the county stays as it was
#include "appending.hpp"
#include "core/db_internal.hpp"

#include <fmt/format.h>

#include <map>

using namespace concentric;

namespace {

struct Argument {
    enum class Kind { number, text, list } kind = Kind::number;
    std::vector<std::int64_t> numbers; // one, or those of a list
    std::string text;
};

struct Statement {
    std::string sql;
    std::vector<Argument> arguments;
};

Argument argument_of(db::Value const& value)
{
    if (auto const* number = std::get_if<std::int64_t>(&value))
        return {Argument::Kind::number, {*number}, {}};
    if (auto const* text = std::get_if<std::string_view>(&value))
        return {Argument::Kind::text, {}, std::string(*text)};
    if (auto const* list = std::get_if<db::IntegerList>(&value))
        return {Argument::Kind::list, {list->values.begin(), list->values.end()}, {}};
    throw std::logic_error("an append has no such argument");
}

// Passes everything on and remembers it.
class Recorder final : public db::Connection {
public:
    explicit Recorder(std::unique_ptr<db::Connection> real)
        : real_(std::move(real))
    {
    }

    db::Dialect dialect() const override { return real_->dialect(); }
    std::int64_t run(std::string_view sql, std::span<db::Value const> arguments, db::Sink const* sink) override
    {
        write_down(sql, arguments);
        return real_->run(sql, arguments, sink);
    }
    void run_each(std::string_view sql, std::size_t width, std::span<db::Value const> arguments, db::Sink const* sink) override
    {
        for (std::size_t i = 0; i < arguments.size(); i += width)
            write_down(sql, arguments.subspan(i, width));
        real_->run_each(sql, width, arguments, sink);
    }
    void scan(
        std::string_view sql, std::span<db::Value const> arguments, std::function<void(db::RowView const&)> const& each) override
    {
        real_->scan(sql, arguments, each);
    }
    void script(std::string const& sql) override { real_->script(sql); }
    std::unique_ptr<db::Loader> loader(std::string_view table, std::span<std::string_view const> columns) override
    {
        return real_->loader(table, columns);
    }
    void hold(std::vector<std::int64_t> keys) override
    {
        std::sort(keys.begin(), keys.end());
        if (!keys.empty())
            statements.push_back(
                {"SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k", {{Argument::Kind::list, keys, {}}}});
        real_->hold(std::move(keys));
    }
    void share(std::int64_t key) override
    {
        statements.push_back({"SELECT pg_advisory_xact_lock_shared($1)", {{Argument::Kind::number, {key}, {}}}});
        real_->share(key);
    }
    int stripe() const override { return real_->stripe(); }
    void begin(bool read_only) override { real_->begin(read_only); }
    void commit() override { real_->commit(); }
    void roll_back() override { real_->roll_back(); }
    bool is_lost() const override { return real_->is_lost(); }

    std::vector<Statement> statements;

private:
    void write_down(std::string_view sql, std::span<db::Value const> values)
    {
        Statement statement{db::in_dialect(db::Dialect::postgresql, sql), {}};
        for (auto const& value : values)
            statement.arguments.push_back(argument_of(value));
        statements.push_back(std::move(statement));
    }

    std::unique_ptr<db::Connection> const real_;
};

// The same statements with lists of the same lengths.
std::string shape_of(std::vector<Statement> const& statements)
{
    std::string shape;
    for (auto const& statement : statements) {
        shape += statement.sql;
        for (auto const& argument : statement.arguments)
            shape += fmt::format("|{}", argument.numbers.size());
        shape += '\n';
    }
    return shape;
}

std::vector<std::vector<Statement>> record(bench::Appending& appending, Recorder& recorder, std::size_t pupils)
{
    std::map<std::string, std::vector<std::vector<Statement>>> by_shape;
    for (std::size_t i = 0; i < std::min(pupils, appending.pupils.size()); ++i) {
        db::Transaction const taken_back(recorder);
        recorder.statements.clear();
        appending.append(std::span(appending.pupils).subspan(i, 1));
        by_shape[shape_of(recorder.statements)].push_back(recorder.statements);
    }
    auto const usual = std::max_element(
        by_shape.begin(), by_shape.end(), [](auto const& a, auto const& b) { return a.second.size() < b.second.size(); });
    return usual->second;
}

class Script {
public:
    explicit Script(std::vector<std::vector<Statement>> const& runs)
        : runs_(runs)
    {
        for (std::size_t at = 0; at < runs.front().size(); ++at)
            if (runs.front()[at].sql.starts_with("INSERT INTO entries"))
                entry_ = at;
            else if (runs.front()[at].sql.starts_with("INSERT INTO audit"))
                audit_ = at;
    }

    std::string text()
    {
        std::string body = "BEGIN;\n";
        for (std::size_t at = 0; at < runs_.front().size(); ++at)
            body += statement(at) + ";\n";
        return fmt::format("\\set run random(0, {})\n\\set entry random(1, 9000000000000000000)\n\\set line random(1, "
                           "9000000000000000000)\n{}{}COMMIT;\n",
            runs_.size() - 1, variables_, body);
    }

private:
    std::string statement(std::size_t at)
    {
        auto const& sql = runs_.front()[at].sql;
        std::string text;
        for (std::size_t i = 0; i < sql.size();) {
            std::size_t digits = 1;
            while (i + digits < sql.size() && std::isdigit(static_cast<unsigned char>(sql[i + digits])))
                ++digits;
            if (sql[i] == '$' && digits > 1) {
                text += value(at, std::stoul(sql.substr(i + 1, digits - 1)) - 1);
                i += digits;
            } else {
                text += sql[i++];
            }
        }
        return text;
    }

    std::string value(std::size_t at, std::size_t place)
    {
        auto const& first = runs_.front()[at].arguments[place];
        if (first.kind == Argument::Kind::text)
            return text_value(first.text);
        if (first.kind == Argument::Kind::number)
            return number(at, place, 0);
        std::string list;
        for (std::size_t i = 0; i < first.numbers.size(); ++i)
            list += (i ? "," : "") + number(at, place, i);
        return "(ARRAY[" + list + "]::bigint[])";
    }

    // Texts are the same for all pupils but for the new entry's number in them.
    static std::string text_value(std::string const& text)
    {
        auto const digits = text.find_first_of("0123456789");
        if ((text.starts_with("api:") || text.starts_with("entry:")) && digits != std::string::npos)
            return fmt::format("('{}' || :entry)", text.substr(0, digits));
        return "'" + text + "'";
    }

    std::string number(std::size_t at, std::size_t place, std::size_t index)
    {
        auto const of = [&](std::vector<Statement> const& run) { return run[at].arguments[place].numbers[index]; };
        if (of(runs_.front()) == runs_.front()[entry_].arguments[1].numbers[0])
            return ":entry";
        if (at == audit_ && place == 1)
            return ":line";
        bool const is_same = std::all_of(runs_.begin(), runs_.end(), [&](auto const& run) { return of(run) == of(runs_.front()); });
        if (is_same)
            return std::to_string(of(runs_.front()));
        std::string cases;
        for (std::size_t run = 0; run < runs_.size(); ++run)
            cases += fmt::format(" when :run = {} then {}", run, of(runs_[run]));
        auto& name = known_[cases];
        if (name.empty()) {
            name = fmt::format("v{}", known_.size());
            variables_ += fmt::format("\\set {} case{} end\n", name, cases);
        }
        return ":" + name;
    }

    std::vector<std::vector<Statement>> const& runs_;
    std::size_t entry_ = 0, audit_ = 0;
    std::map<std::string, std::string> known_;
    std::string variables_;
};

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 5) {
        fmt::print(stderr, "usage: append_script DATABASE KEYS COUNTY PUPILS\n");
        return 2;
    }
    auto const county = std::stoll(argv[3]);
    auto const address = bench::address_with_keys(argv[1], argv[2], county);
    auto own = std::make_unique<Recorder>(db::open(address));
    auto& recorder = *own;
    recorder.use_keys(address.keys);
    bench::Appending appending(address, std::move(own), county);
    auto const runs = record(appending, recorder, std::stoull(argv[4]));
    fmt::print("{}", Script(runs).text());
} catch (std::exception const& error) {
    fmt::print(stderr, "append_script: {}\n", error.what());
    return 1;
}
