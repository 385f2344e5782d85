#include "modules/recognition/views.hpp"

#include "lib/pinyin.hpp"
#include "lib/workbook.hpp"
#include "modules/directory/directory.hpp"
#include "modules/recognition/statements.hpp"

#include <fmt/format.h>

namespace concentric::recognition {
namespace {

using lib::longest_sheet;

struct ListCertificates {
    std::optional<Text<1, 60>> q;
    std::optional<Text<1, 60>> plan, credential;
    std::optional<CertificateState> state;
    std::optional<Text<1, 40>> after;
    std::optional<Limit> limit;
};
BOOST_DESCRIBE_STRUCT(ListCertificates, (), (q, plan, credential, state, after, limit))

struct IssueCertificates {
    Text<1, 60> plan, credential;
    std::optional<Day> on; // a day of the period in which it was earned; today when left out
    std::vector<Id<struct HolderTag>> holders;
};
BOOST_DESCRIBE_STRUCT(IssueCertificates, (), (plan, credential, on, holders))

void check(IssueCertificates const& input, Problems& problems)
{
    if (input.holders.empty() || input.holders.size() > 500)
        problems.push_back({"/holders", "length", {"一次发给 1 至 500 人。", "Between 1 and 500 at a time."}});
}

struct Issued {
    std::vector<CertificateView> items;
};
BOOST_DESCRIBE_STRUCT(Issued, (), (items))

struct EndCertificate {
    CertificateId id;
    Text<2, 500> reason;
};
BOOST_DESCRIBE_STRUCT(EndCertificate, (), (id, reason))

CertificateRow certificate_in_reach(Call& call, CertificateId id)
{
    auto row = call.db.row<CertificateRow>("SELECT * FROM certificates WHERE county = $1 AND id = $2", call.county, id);
    if (!row || !may_issue_for(call, row->unit))
        throw not_found(the_certificate);
    call.audit_subject = fmt::format("certificate:{}", id.value);
    return std::move(*row);
}

std::vector<CertificateRow> listed(Call& call, ListCertificates const& input, std::int64_t most)
{
    static std::string const sql = "SELECT c.* FROM certificates c WHERE c.county = $1 AND " + within_reach
        + " AND c.search LIKE $5 ESCAPE '\\' AND (c.plan = $6 OR $6 = '') AND (c.credential = $7 OR $7 = '') AND (c.state = $8 OR "
          "$8 = '') "
          "AND (c.id < $9 OR $9 = 0) ORDER BY c.id DESC LIMIT $10";
    return call.db.rows<CertificateRow>(sql, call.county, call.viewer.path, call.viewer.path_end(), reaches_county(call),
        input.q ? directory::contains_pattern(lib::search_fold(*input.q)) : "%", input.plan.value_or(Text<1, 60>{}),
        input.credential.value_or(Text<1, 60>{}), input.state ? name_of(*input.state) : "", directory::after_id(input.after), most);
}

Page<CertificateView> list_certificates(Call& call, ListCertificates const& input)
{
    auto const limit = input.limit.value_or(Limit{50}).value;
    auto rows = listed(call, input, limit + 1);
    Page<CertificateView> page;
    if (static_cast<std::int64_t>(rows.size()) > limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().id.value);
    }
    for (auto const& row : rows)
        page.items.push_back(view_of(call, row));
    return page;
}

Words words_of(CertificateState state)
{
    switch (state) {
    case CertificateState::valid: return {"有效", "valid"};
    case CertificateState::revoked: return {"已撤销", "revoked"};
    case CertificateState::superseded: break;
    }
    return {"已换发", "superseded"};
}

Download certificates_sheet(Call& call, ListCertificates const& input)
{
    bool const zh = call.language == Language::zh;
    lib::WorkbookWriter book;
    book.add_sheet(zh ? "证书" : "Certificates",
        zh ? std::vector<std::string>{"编号", "证书", "姓名", "发证单位", "发证日期", "状态", "失效日期", "原因"}
           : std::vector<std::string>{"Number", "Certificate", "Name", "Issuer", "Issued on", "State", "Ended on", "Reason"});
    for (auto const& row : listed(call, input, longest_sheet))
        book.add_row({row.number, zh ? row.title : row.title_en, row.holder_name, row.issuer, text_of(day_at(row.issued_at)),
            call.say(words_of(row.state)), row.ended_at.milliseconds ? text_of(day_at(row.ended_at)) : "", row.reason});
    return {
        book.finish(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", zh ? "证书.xlsx" : "certificates.xlsx"};
}

// Whoever has not earned it is named; then nobody gets one.
std::vector<CredentialStanding> earned_by(Call& call, CredentialRule const& rule, IssueCertificates const& input, Day on)
{
    std::vector<std::int64_t> subjects;
    for (auto const holder : input.holders)
        subjects.push_back(holder.value);
    auto standings = tally::credential_standings(call, rule, subjects, on);
    auto const audience = audience_among(call, rule, subjects);
    Problems problems;
    for (std::size_t i = 0; i < standings.size(); ++i)
        if (!standings[i].is_earned || !audience.contains(standings[i].subject))
            problems.push_back({fmt::format("/holders/{}", i), "not_earned",
                {"还没有达到这份证书的全部条件。", "Has not met every condition of this certificate yet."}});
    if (!problems.empty())
        throw invalid(std::move(problems));
    return standings;
}

Issued issue_certificates(Call& call, IssueCertificates const& input)
{
    auto const rule = credential_to_issue(call, input.plan, input.credential);
    auto const on = input.on.value_or(call.today());
    auto const rows = issue(call, rule, earned_by(call, rule, input, on), on, {});
    if (rows.empty())
        throw conflict({"所选人员都已持有这份证书。", "All of them hold this certificate already."});
    Issued issued;
    for (auto const& row : rows)
        issued.items.push_back(view_of(call, row));
    call.audit_subject = fmt::format("certificate:{}", rows.front().id.value);
    call.audit_detail
        = fmt::format(R"({{"first":"{}","last":"{}","count":{}}})", rows.front().number, rows.back().number, rows.size());
    return issued;
}

CertificateDetail show_certificate(Call& call, OneCertificate const& input)
{
    return detail_of(call, certificate_in_reach(call, input.id));
}

Download print_certificate(Call& call, OneCertificate const& input) { return printed(certificate_in_reach(call, input.id)); }

CertificateDetail replace_certificate(Call& call, EndCertificate const& input)
{
    return detail_of(call, replace(call, certificate_in_reach(call, input.id), input.reason));
}

CertificateDetail revoke_certificate(Call& call, EndCertificate const& input)
{
    revoke(call, certificate_in_reach(call, input.id), input.reason);
    return detail_of(call, certificate_in_reach(call, input.id));
}

template <class T> std::optional<T> unless_none(T value) { return value ? std::optional(value) : std::nullopt; }

} // namespace

CertificateView view_of(Call const& call, CertificateRow const& row)
{
    CertificateView view{row.id, row.number, call.language == Language::zh ? row.title : row.title_en, row.issuer, row.plan,
        row.credential, row.plan_version, row.holder_kind, {row.holder}, row.holder_name, row.state, row.issued_at, {}, {}};
    if (row.state != CertificateState::valid) {
        view.ended_at = row.ended_at;
        view.reason = row.reason;
    }
    return view;
}

CertificateDetail detail_of(Call& call, CertificateRow const& row)
{
    CertificateDetail detail;
    static_cast<CertificateView&>(detail) = view_of(call, row);
    detail.statement = row.statement;
    detail.achieved = reflect::from_json<std::vector<std::string>>(row.achieved);
    detail.issued_by = directory::person_name(call, row.issued_by).value_or("");
    if (row.ended_by)
        detail.ended_by = directory::person_name(call, row.ended_by);
    detail.replaces = unless_none(row.replaces);
    detail.replaced_by = unless_none(row.replaced_by);
    detail.entry = unless_none(row.entry);
    for (auto const& other : call.db.rows<CertificateRow>(
             "SELECT * FROM certificates WHERE county = $1 AND holder = $2 AND plan = $3 AND credential = $4 ORDER BY id DESC",
             call.county, row.holder, row.plan, row.credential))
        detail.history.push_back(view_of(call, other));
    return detail;
}

Download printed(CertificateRow const& row)
{
    if (row.state != CertificateState::valid)
        throw conflict({"这份证书已经失效，不再提供文件。", "This certificate is no longer valid, so its file is not given out."});
    if (row.code.empty())
        throw conflict(
            {"持证人的个人信息已经删除，无法再打印。", "The holder's data were erased, so it cannot be printed any more."});
    std::vector<lib::CertificatePage> const pages{page_of(row)};
    return {lib::CertificatePress(pages).print(pages.front()), "application/pdf", row.number + ".pdf"};
}

Routes certificate_routes()
{
    return {
        route(Verb::get, "/api/certificates", Permission::manage_certificates, "certificate_list", "Certificates, the newest first",
            list_certificates),
        route(Verb::get, "/api/certificates.xlsx", Permission::manage_certificates, "certificate_sheet", "Certificates as a sheet",
            certificates_sheet)
            .as_personal_file(),
        route(Verb::post, "/api/certificates", Permission::manage_certificates, "certificate_issue",
            "Issues a certificate to people who have earned it", issue_certificates),
        route(Verb::get, "/api/certificates/{id}", Permission::manage_certificates, "certificate_show",
            "A certificate with its history", show_certificate)
            .as_personal_file(),
        route(Verb::get, "/api/certificates/{id}/file.pdf", Permission::manage_certificates, "certificate_download",
            "A certificate to print", print_certificate)
            .as_personal_file(),
        route(Verb::post, "/api/certificates/{id}/replacement", Permission::manage_certificates, "certificate_replace",
            "Issues another certificate in place of one", replace_certificate),
        route(Verb::put, "/api/certificates/{id}/revocation", Permission::manage_certificates, "certificate_revoke",
            "Revokes a certificate", revoke_certificate),
    };
}

} // namespace concentric::recognition
