#include "modules/safety/letters.hpp"

#include <fmt/format.h>

namespace concentric::safety {
namespace {

// Both languages at once, since a notice has one text for everybody and this is no moment to look a word up.
std::string titled(char const* mark, Words const& what, bool is_over)
{
    return is_over ? fmt::format("{}已解除：{} / OVER: {}", mark, what.zh, what.en)
                   : fmt::format("{}{} / {}", mark, what.zh, what.en);
}

std::optional<LetterRow> letter_with(Call& call, LetterAbout const& about)
{
    return call.db.row<LetterRow>("SELECT * FROM safety_letters WHERE county = $1 AND occasion = $2 AND is_over = $3", call.county,
        about.occasion, about.is_over);
}

// Taken back, refused or thrown away: families never had it.
bool stands(Call& call, LetterRow const& row)
{
    auto const notice = notices::notice_with(call, {row.notice});
    return notice && notice->state != notices::NoticeState::draft && notice->state != notices::NoticeState::refused
        && notice->state != notices::NoticeState::recalled;
}

} // namespace

std::vector<LetterView> letters_of(Call& call, std::int64_t occasion)
{
    std::vector<LetterView> letters;
    for (auto const& row : call.db.rows<LetterRow>(
             "SELECT * FROM safety_letters WHERE county = $1 AND occasion = $2 ORDER BY is_over", call.county, occasion))
        if (auto const notice = notices::notice_with(call, {row.notice}))
            letters.push_back({notice->id, row.is_over, notice->title, notice->state, row.written_at});
    return letters;
}

void write_letter(Call& call, LetterAbout const& about, std::string const& title, std::string const& body)
{
    call.db.hold({about.occasion});
    if (auto const known = letter_with(call, about); known && stands(call, *known))
        return;
    notices::DraftNotice draft;
    draft.title = notices::NoticeTitle(title);
    draft.body = notices::NoticeBody(body);
    draft.organisations = {about.school};
    draft.is_per_child = false;
    draft.is_urgent = about.is_urgent;
    auto const notice = notices::draft_notice(call, draft).id;
    notices::send_notice(call, {notice});
    call.db.execute(
        "INSERT INTO safety_letters (county, occasion, is_over, notice, written_by, written_at) VALUES ($1, $2, $3, $4, "
        "$5, $6) ON CONFLICT (county, occasion, is_over) DO UPDATE SET notice = $4, written_by = $5, written_at = $6",
        call.county, about.occasion, about.is_over, notice, call.viewer.person, call.now);
    call.version.reset();
}

std::string real_title(Words const& what, bool is_over) { return titled("【真实警报 REAL ALARM】", what, is_over); }

std::string real_body(std::string const& words) { return "这是真实警报，不是演练。This is a real alarm, not a drill.\n\n" + words; }

std::string drill_title(Words const& what, bool is_over) { return titled("【演练 DRILL】", what, is_over); }

std::string drill_body(std::string const& words)
{
    return "这是演练，不是真实警报，孩子安全，请勿前往学校。This is a drill, no real alarm. The children are safe; please do not "
           "come to the "
           "school.\n\n"
        + words;
}

} // namespace concentric::safety
