#include "modules/feed/clearing.hpp"

#include "core/recurring.hpp"
#include "modules/feed/pictures.hpp"

#include <utility>

namespace concentric::feed {
namespace {

constexpr std::string_view clearing_job = "feed.clearing";
using milliseconds::day;
using milliseconds::hour;
constexpr std::int64_t together = 500;

// Half past three at night, Chinese time.
Instant next_night(Instant now)
{
    auto const today = start_of(day_at(now)).milliseconds + 3 * hour + hour / 2;
    return {today > now.milliseconds ? today : today + day};
}

// In a transaction of its own; afterwards the files go.
template <class... A> void remove_where(Call& call, std::string const& condition, A const&... arguments)
{
    db::Transaction transaction(call.db);
    call.after_commit.clear();
    remove_pictures(call,
        call.db.rows<PictureRow>(
            "SELECT p.* FROM moment_pictures p WHERE p.county = $1 AND " + condition, call.county, arguments...));
    transaction.commit();
    for (auto const& step : std::exchange(call.after_commit, {}))
        step();
}

void mark_hidden(Call& call)
{
    for (std::int64_t after = 0;;) {
        auto const pictures = call.db.values<std::int64_t>(
            "SELECT id AS value FROM moment_pictures WHERE county = $1 AND id > $2 AND moment > 0 ORDER BY id LIMIT $3",
            call.county, after, together);
        if (pictures.empty())
            return;
        after = pictures.back();
        auto const hidden = hidden_among(call, portraits_in(call, pictures));
        std::vector<std::int64_t> const now(hidden.begin(), hidden.end());
        db::Transaction transaction(call.db);
        call.db.execute("UPDATE moment_pictures SET hidden_since = $3 WHERE county = $1 AND id ANY_OF($2) AND hidden_since = 0",
            call.county, db::IntegerList{now}, call.now);
        call.db.execute(
            "UPDATE moment_pictures SET hidden_since = 0 WHERE county = $1 AND id ANY_OF($2) AND hidden_since > 0 AND NOT "
            "id ANY_OF($3)",
            call.county, db::IntegerList{pictures}, db::IntegerList{now});
        transaction.commit();
    }
}

std::string run_clearing(Call& call, std::string const&, Progress& progress)
{
    auto const own = call.county;
    {
        db::Transaction transaction(call.db);
        keep_clearing(call); // first, so that a fault tonight does not end it for good
        transaction.commit();
    }
    for (auto const county :
        call.db.values<std::int64_t>("SELECT county AS value FROM counties WHERE county > 0 ORDER BY county")) {
        progress.check();
        call.county = county;
        clear_pictures(call);
    }
    call.county = own;
    return "{}";
}

} // namespace

void clear_pictures(Call& call)
{
    constexpr auto unreported = " AND NOT EXISTS (SELECT 1 FROM moment_reports r WHERE r.county = $1 AND r.moment = p.moment AND "
                                "r.outcome = 'open')";
    Instant const before{call.now.milliseconds - days_before_erasure * day};
    mark_hidden(call);
    remove_where(call, "p.moment = 0 AND p.created_at < $2", Instant{call.now.milliseconds - day});
    remove_where(call, std::string("p.hidden_since > 0 AND p.hidden_since < $2") + unreported, before);
    remove_where(call,
        std::string("p.moment IN (SELECT m.id FROM moments m WHERE m.county = $1 AND m.taken_down_at > 0 AND m.taken_down_at < $2)")
            + unreported,
        before);
}

void keep_clearing(Call& call)
{
    // As the installation's own, so that no county's import holds it up.
    auto const county = std::exchange(call.county, 0);
    run_again(call, clearing_job, "{}", next_night(call.now));
    call.county = county;
}

void handle_clearing_jobs(Jobs& jobs) { jobs.handle(std::string(clearing_job), run_clearing); }

} // namespace concentric::feed
