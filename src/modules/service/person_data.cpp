#include "modules/service/person_data.hpp"

#include "modules/service/tables.hpp"

namespace concentric::service {
namespace {

struct RatingData {
    std::int64_t stars = 0;
    SealedText words;
    Instant rated_at;
};
BOOST_DESCRIBE_STRUCT(RatingData, (), (stars, words, rated_at))

struct RecordData {
    SealedText name;
    Day from_day, to_day;
    std::int64_t minutes = 0, times = 0;
    Instant printed_at;
};
BOOST_DESCRIBE_STRUCT(RecordData, (), (name, from_day, to_day, minutes, times, printed_at))

} // namespace

void removal_asked(Call& call, directory::RemovalAsked const& asked)
{
    for (auto const statement : {"SELECT student AS value FROM service_ratings WHERE county = $1 AND student ANY_OF($2)",
             "SELECT base AS value FROM service_ratings WHERE county = $1 AND base ANY_OF($2)",
             "SELECT unit AS value FROM service_reminders WHERE county = $1 AND unit ANY_OF($2)",
             "SELECT student AS value FROM service_records WHERE county = $1 AND student ANY_OF($2)"})
        for (auto const id : call.db.values<std::int64_t>(statement, call.county, db::IntegerList{asked.ids}))
            asked.in_use->insert(id);
}

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    asked.sections->push_back(directory::section_of("service_ratings", {"实践基地评价", "Ratings of bases"},
        call.db.rows<RatingData>(
            "SELECT stars, words, rated_at FROM service_ratings WHERE county = $1 AND (student = $2 OR rated_by "
            "= $2) ORDER BY id",
            call.county, asked.person)));
    asked.sections->push_back(directory::section_of("service_records", {"打印的社区服务记录", "Printed records of service"},
        call.db.rows<RecordData>("SELECT name, from_day, to_day, minutes, times, printed_at FROM service_records WHERE county = $1 "
                                 "AND student = $2 ORDER BY printed_at",
            call.county, asked.person)));
}

// Stars stay, since a base's mean stands on them; nobody can tell any more whose they were by words.
void person_erased(Call& call, directory::PersonErased const& erased)
{
    call.db.execute("UPDATE service_ratings SET words = '', hidden_because = '' WHERE county = $1 AND student = $2", call.county,
        erased.person);
    call.db.execute("DELETE FROM service_records WHERE county = $1 AND student = $2", call.county, erased.person);
}

void people_merged(Call& call, directory::PeopleMerged const& merged)
{
    call.db.execute(
        "UPDATE service_ratings SET rated_by = $2 WHERE county = $1 AND rated_by = $3", call.county, merged.kept, merged.merged);
}

} // namespace concentric::service
