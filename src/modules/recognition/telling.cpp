#include "modules/recognition/telling.hpp"

#include "modules/families/recipients.hpp"
#include "modules/inbox/inbox.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace concentric::recognition {
namespace {

constexpr std::size_t most_names = 3; // in a letter's title

std::vector<std::int64_t> holders_among(std::span<CertificateRow const> rows, std::set<SubjectKind> const& kinds)
{
    std::vector<std::int64_t> holders;
    for (auto const& row : rows)
        if (kinds.contains(row.holder_kind))
            holders.push_back(row.holder);
    return holders;
}

void tell_holders(Call& call, Words const& title, std::span<CertificateRow const> rows)
{
    inbox::tell(call, holders_among(rows, {SubjectKind::carer, SubjectKind::staff}),
        {inbox::LetterKind::recognition, {"您获得了证书：" + title.zh, "You have a certificate: " + title.en},
            {"可以查看、下载和分享。", "You can look at it, keep it and show it to others."}, "/my-certificates"});
}

Words named(std::vector<CertificateRow const*> const& children)
{
    if (children.size() > most_names)
        return {fmt::format("{}等{}个孩子", children.front()->holder_name, children.size()),
            fmt::format("{} and {} other children", children.front()->holder_name, children.size() - 1)};
    std::string zh, en;
    for (auto const* child : children) {
        zh += (zh.empty() ? "" : "、") + child->holder_name;
        en += (en.empty() ? "" : ", ") + child->holder_name;
    }
    return {zh, en};
}

void tell_families(Call& call, Words const& title, std::span<CertificateRow const> rows)
{
    std::map<std::int64_t, std::vector<std::int64_t>> told_about;
    for (auto const& one : families::recipients_of(call, holders_among(rows, {SubjectKind::student})))
        told_about[one.child.value].push_back(one.person.value);
    std::map<std::vector<std::int64_t>, std::vector<CertificateRow const*>> households;
    for (auto const& row : rows)
        if (auto const found = told_about.find(row.holder); found != told_about.end())
            households[found->second].push_back(&row);
    for (auto const& [people, children] : households) {
        auto const names = named(children);
        inbox::tell(call, people,
            {inbox::LetterKind::recognition,
                {names.zh + "获得了证书：" + title.zh, fmt::format("A certificate for {}: {}", names.en, title.en)},
                {"可以查看、下载和打印。", "You can look at it, keep it and print it."},
                children.size() == 1 ? fmt::format("/my-family/{}/recognition", children.front()->holder) : "/my-family"});
    }
}

} // namespace

void tell_of_issued(Call& call, Words const& title, std::span<CertificateRow const> rows)
{
    tell_holders(call, title, rows);
    tell_families(call, title, rows);
}

} // namespace concentric::recognition
