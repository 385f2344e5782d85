#include "modules/xapi/actors.hpp"

#include "core/digests.hpp"
#include "core/fields.hpp"
#include "lib/text.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

constexpr std::string_view mail_scheme = "mailto:";

void refuse_numbers_in_clear(Properties const& from, std::string_view name, std::string_view value)
{
    if (is_number_in_clear(value))
        from.fault(name, number_in_clear);
}

void read_account(Properties const& agent, Actor& actor)
{
    auto const account = agent.object("account", Need::must);
    if (!account)
        return;
    account->only({"homePage", "name"});
    actor.home_page = account->iri("homePage", Need::must);
    actor.number = account->text("name", Need::must);
    refuse_numbers_in_clear(*account, "name", actor.number);
    actor.known_by = known_by_account(actor.home_page, actor.number);
    actor.words = actor.number;
}

void read_mail(Properties const& agent, Actor& actor)
{
    auto const mail = agent.text("mbox", Need::must);
    auto const at = mail.find('@');
    if (mail.empty())
        return;
    if (!mail.starts_with(mail_scheme) || at == mail.npos || at == mail_scheme.size() || at + 1 == mail.size())
        return agent.fault("mbox", {"应为 mailto: 地址。", "This must be a mailto: address."});
    refuse_numbers_in_clear(agent, "mbox", std::string_view(mail).substr(mail_scheme.size(), at - mail_scheme.size()));
    actor.known_by = "mail " + crypto::sha1_hex(mail); // an address and its digest are one actor (xAPI 1.0.3, 4.1.2.3)
    actor.words = mail.substr(mail_scheme.size());
}

void read_digest(Properties const& agent, Actor& actor)
{
    auto const digest = lib::to_lower_ascii(agent.text("mbox_sha1sum", Need::must));
    if (digest.size() != 40 || digest.find_first_not_of("0123456789abcdef") != digest.npos)
        return agent.fault("mbox_sha1sum", {"应为 40 位十六进制。", "These must be 40 hexadecimal digits."});
    actor.known_by = "mail " + digest;
    actor.words = digest;
}

void read_open_id(Properties const& agent, Actor& actor)
{
    actor.words = agent.iri("openid", Need::must);
    actor.known_by = "openid " + actor.words;
}

constexpr std::pair<std::string_view, void (*)(Properties const&, Actor&)> ways[]{
    {"account", read_account}, {"mbox", read_mail}, {"mbox_sha1sum", read_digest}, {"openid", read_open_id}};

void read_members(Properties const& group, int ways_known)
{
    auto const members = group.objects("member");
    if (ways_known == 0 && members.empty())
        group.fault("", {"群组应有标识或成员。", "A group needs an identifier or members."});
    for (auto const& member : members) {
        if (member.text("objectType", Need::may) == "Group")
            member.fault("objectType", {"群组的成员应为 Agent。", "Members of a group must be agents."});
        else
            read_actor(member);
    }
}

} // namespace

Words const number_in_clear{"不能用手机号或证件号，请用不含个人信息的编号。",
    "This must be no phone or identity number, but one that tells nothing about the person."};

std::string known_by_account(std::string_view home_page, std::string_view name)
{
    return fmt::format("account {} {}", home_page, name);
}

bool is_number_in_clear(std::string_view text) { return !Phone::check(text) || !IdentityNumber::check(text); }

Actor read_actor(Properties const& agent)
{
    auto const kind = agent.text("objectType", Need::may);
    bool const is_group = kind == "Group";
    if (!kind.empty() && !is_group && kind != "Agent")
        agent.fault("objectType", {"应为 Agent 或 Group。", "This must be Agent or Group."});
    agent.only({"objectType", "name", "account", "mbox", "mbox_sha1sum", "openid", is_group ? "member" : "name"});
    Actor actor;
    int known = 0;
    for (auto const& [name, read] : ways)
        if (agent.has(name) && ++known == 1)
            read(agent, actor);
    if (known > 1)
        agent.fault("", {"只能有一种身份标识。", "It must be known in one way only."});
    if (auto name = agent.free_text("name"); !name.empty())
        actor.words = std::move(name);
    if (is_group) {
        read_members(agent, known);
        return {actor.known_by, {}, {}, actor.words, true};
    }
    if (known == 0)
        agent.fault("",
            {"应有一种身份标识（account、mbox、mbox_sha1sum 或 openid）。",
                "It must be known by account, mbox, mbox_sha1sum or openid."});
    return actor;
}

Actor read_agent(std::string_view text, Problems& problems)
{
    boost::system::error_code failed;
    auto const value = json::parse({text.data(), text.size()}, failed);
    if (failed || !value.is_object()) {
        problems.push_back({"/agent", "malformed", {"应为 JSON 对象。", "This must be a JSON object."}});
        return {};
    }
    return read_actor(Properties(value.get_object(), "/agent", problems));
}

std::string identity_of(json::object const& content)
{
    Problems ignored;
    Properties const agent(content, "", ignored);
    Actor actor;
    for (auto const& [name, read] : ways)
        if (actor.known_by.empty() && agent.has(name))
            read(agent, actor);
    return actor.known_by;
}

} // namespace concentric::xapi
