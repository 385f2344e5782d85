#include "modules/enrolment/person_data.hpp"

#include "core/sealed.hpp"

namespace concentric::enrolment {
namespace {

struct TransferFacts {
    std::string direction, state, place;
    Day on_day;
    SealedText reason, answer;
    Instant asked_at;
};
BOOST_DESCRIBE_STRUCT(TransferFacts, (), (direction, state, place, on_day, reason, answer, asked_at))

struct ClassChangeFacts {
    Day on_day;
    SealedText reason;
    Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(ClassChangeFacts, (), (on_day, reason, changed_at))

struct ExceptionFacts {
    std::string kind;
    SealedText reason;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(ExceptionFacts, (), (kind, reason, created_at))

template <class Facts>
void add(Call& call, directory::PersonDataAsked const& asked, std::string key, Words title, std::string_view sql)
{
    asked.sections->push_back(
        directory::section_of(std::move(key), std::move(title), call.db.rows<Facts>(sql, call.county, asked.person),
            {"就读经历须保存；写下的原因一并删除", "Where a pupil went is kept; the reasons written to it are erased"}));
}

} // namespace

void add_person_data(Call& call, directory::PersonDataAsked const& asked)
{
    add<TransferFacts>(call, asked, "transfers", {"转学", "Transfers"},
        "SELECT direction, state, place, on_day, reason, answer, asked_at FROM transfers "
        "WHERE county = $1 AND student = $2 ORDER BY id");
    add<ClassChangeFacts>(call, asked, "class_changes", {"调班", "Changes of class"},
        "SELECT on_day, reason, changed_at FROM class_changes WHERE county = $1 AND student = $2 ORDER BY id");
    add<ExceptionFacts>(call, asked, "turn_exceptions", {"升级例外", "Exceptions of the year's turn"},
        "SELECT kind, reason, created_at FROM turn_exceptions WHERE county = $1 AND student = $2 "
        "ORDER BY turn");
}

void erase_person(Call& call, directory::PersonErased const& erased)
{
    for (auto const statement : {
             "UPDATE transfers SET reason = '', answer = '' WHERE county = $1 AND student = $2",
             "UPDATE class_changes SET reason = '' WHERE county = $1 AND student = $2",
             "UPDATE turn_exceptions SET reason = '' WHERE county = $1 AND student = $2",
         })
        call.db.execute(statement, call.county, erased.person);
}

} // namespace concentric::enrolment
