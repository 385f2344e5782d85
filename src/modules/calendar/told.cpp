#include "modules/calendar/told.hpp"

#include "core/crypto.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::calendar {
namespace {

struct ToldRow {
    std::int64_t county = 0;
    FeedId feed;
    std::string uid;
    Instant starts_at, ends_at;
    bool is_whole_days = false;
    std::string digest;
    std::int64_t sequence = 0;
    Instant changed_at;
    bool is_gone = false;
};
BOOST_DESCRIBE_STRUCT(ToldRow, (), (county, feed, uid, starts_at, ends_at, is_whole_days, digest, sequence, changed_at, is_gone))

// Of everything that a reader would notice.
std::string digest_of(lib::CalendarEntry const& entry)
{
    return crypto::sha256_hex(fmt::format("{}\n{}\n{}\n{} {} {} {} {}", entry.summary, entry.location, entry.url, entry.starts_at,
        entry.ends_at, entry.is_whole_days, entry.is_cancelled, entry.is_free));
}

class Telling {
public:
    Telling(Call& call, FeedId feed) : call_(call), feed_(feed)
    {
        for (auto& row : call.db.rows<ToldRow>("SELECT * FROM calendar_told WHERE county = $1 AND feed = $2", call.county, feed))
            told_.emplace(row.uid, std::move(row));
    }

    void run(lib::CalendarFile& file)
    {
        for (auto& entry : file.entries)
            number(entry);
        for (auto const& [uid, row] : told_)
            if (row.ends_at <= call_.now)
                is_changed_ = true; // over: nothing more is to be told of it
            else
                miss(row, file);
        if (is_changed_)
            keep();
    }

private:
    // The same thing may stand there twice, such as for two children: it is one entry to a reader.
    void number(lib::CalendarEntry& entry)
    {
        auto const digest = digest_of(entry);
        if (auto const twin = now_.find(entry.uid); twin != now_.end()) {
            entry.sequence = twin->second.sequence;
            entry.changed_at = twin->second.changed_at.milliseconds;
            return;
        }
        auto const found = told_.find(entry.uid);
        bool const is_known = found != told_.end();
        bool const is_same = is_known && found->second.digest == digest && !found->second.is_gone;
        if (is_same) {
            entry.sequence = found->second.sequence;
            entry.changed_at = found->second.changed_at.milliseconds;
        } else if (is_known) {
            entry.sequence = std::max(found->second.sequence + 1, entry.sequence);
            entry.changed_at = call_.now.milliseconds;
        }
        is_changed_ = is_changed_ || !is_same;
        now_.emplace(entry.uid,
            ToldRow{call_.county, feed_, entry.uid, {entry.starts_at}, {entry.ends_at}, entry.is_whole_days, digest, entry.sequence,
                {entry.changed_at}, false});
        told_.erase(entry.uid);
    }

    void miss(ToldRow row, lib::CalendarFile& file)
    {
        if (!row.is_gone) {
            row.is_gone = true;
            ++row.sequence;
            row.changed_at = call_.now;
            file.entries.push_back(called_off(row));
            is_changed_ = true;
        }
        now_.emplace(row.uid, row); // comes it back, its number goes on from here
    }

    lib::CalendarEntry called_off(ToldRow const& row) const
    {
        lib::CalendarEntry entry;
        entry.uid = row.uid;
        entry.summary = call_.say({"已取消", "Called off"});
        entry.starts_at = row.starts_at.milliseconds;
        entry.ends_at = row.ends_at.milliseconds;
        entry.is_whole_days = row.is_whole_days;
        entry.is_cancelled = true;
        entry.is_free = true;
        entry.sequence = row.sequence;
        entry.changed_at = row.changed_at.milliseconds;
        return entry;
    }

    void keep() const
    {
        forget_told(call_, feed_);
        std::vector<ToldRow> rows;
        for (auto const& [uid, row] : now_)
            rows.push_back(row);
        call_.db.load("calendar_told", rows);
    }

    Call& call_;
    FeedId feed_;
    std::map<std::string, ToldRow> told_, now_;
    bool is_changed_ = false;
};

} // namespace

void settle_told(Call& call, FeedId feed, lib::CalendarFile& file)
{
    call.db.hold({feed.value});
    Telling(call, feed).run(file);
}

void forget_told(Call& call, FeedId feed)
{
    call.db.execute("DELETE FROM calendar_told WHERE county = $1 AND feed = $2", call.county, feed);
}

} // namespace concentric::calendar
