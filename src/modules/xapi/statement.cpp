#include "modules/xapi/statement.hpp"

#include "modules/xapi/activities.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace concentric::xapi {
namespace {

namespace json = boost::json;

void read_object_activity(Properties const& object, Statement& made)
{
    auto activity = read_activity(object);
    made.activity = std::move(activity.id);
    made.activity_words = std::move(activity.words);
}

void read_reference(Properties const& object, Statement& made)
{
    object.only({"objectType", "id"});
    made.target = object.uuid("id", Need::must);
    if (made.verb == voided_verb)
        made.voids = made.target;
}

void read_parts(Properties const&, Statement&);

void read_sub_statement(Properties const& object, Statement& made)
{
    for (auto const* const name : {"id", "stored", "version", "authority"})
        if (object.has(name))
            object.fault(name, {"子声明里不能有这一项。", "A sub-statement has no such property."});
    object.only({"objectType", "id", "stored", "version", "authority", "actor", "verb", "object", "result", "context", "timestamp",
        "attachments"});
    if (auto const inner = object.object("object", Need::must); inner && inner->text("objectType", Need::may) == "SubStatement")
        return inner->fault("objectType", {"子声明里不能再有子声明。", "A sub-statement holds no other."});
    Statement inner;
    read_parts(object, inner);
    std::ranges::move(inner.attachments, std::back_inserter(made.attachments));
}

void read_object(Properties const& object, Statement& made)
{
    auto const kind = object.text("objectType", Need::may);
    if (kind == "StatementRef")
        read_reference(object, made);
    else if (kind == "Agent" || kind == "Group")
        read_actor(object);
    else if (kind == "SubStatement")
        read_sub_statement(object, made);
    else if (kind.empty() || kind == "Activity")
        read_object_activity(object, made);
    else
        object.fault("objectType", {"没有这种对象。", "There is no such kind of object."});
    if (made.verb == voided_verb && kind != "StatementRef")
        object.fault("", {"作废要指明被作废的声明（StatementRef）。", "Voiding names a statement (StatementRef)."});
}

void read_score(Properties const& score)
{
    score.only({"scaled", "raw", "min", "max"});
    auto const scaled = score.number("scaled"), raw = score.number("raw"), min = score.number("min"), max = score.number("max");
    if (scaled && std::abs(*scaled) > 1)
        score.fault("scaled", {"应为 -1 到 1 的数。", "This must be a number from -1 to 1."});
    if (min && max && *min >= *max)
        score.fault("min", {"应小于 max。", "This must be less than max."});
    if (raw && ((min && *raw < *min) || (max && *raw > *max)))
        score.fault("raw", {"应在 min 和 max 之间。", "This must lie between min and max."});
}

void read_result(Properties const& result, Statement& made)
{
    result.only({"score", "success", "completion", "response", "duration", "extensions"});
    made.is_failed = !result.truth("success").value_or(true);
    made.is_failed |= !result.truth("completion").value_or(true);
    if (auto const score = result.object("score", Need::may))
        read_score(*score);
    result.free_text("response");
    result.extensions();
    auto const duration = result.text("duration", Need::may);
    if (duration.empty())
        return;
    auto const seconds = seconds_of_duration(duration);
    if (!seconds)
        result.fault("duration", {"应为 ISO 8601 时长，如 PT15M。", "This must be an ISO 8601 duration such as PT15M."});
    made.seconds = seconds.value_or(0);
}

void read_context_activities(Properties const& context)
{
    auto const activities = context.object("contextActivities", Need::may);
    if (!activities)
        return;
    activities->only({"parent", "grouping", "category", "other"});
    for (auto const& each : activities->content())
        if (each.value().is_object()) // one alone is a list of one (xAPI 1.0.3, 4.1.6.2)
            read_activity(*activities->object(each.key(), Need::must));
        else
            for (auto const& activity : activities->objects(each.key()))
                read_activity(activity);
}

void read_context(Properties const& context, Statement& made)
{
    context.only(
        {"registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement", "extensions"});
    made.registration = context.uuid("registration", Need::may);
    if (auto const instructor = context.object("instructor", Need::may))
        read_actor(*instructor);
    if (auto const team = context.object("team", Need::may); team && !read_actor(*team).is_group)
        team->fault("objectType", {"应为 Group。", "This must be Group."});
    for (auto const* const name : {"revision", "platform"}) {
        context.free_text(name);
        if (context.has(name) && made.activity.empty())
            context.fault(name, {"只用于对学习内容的声明。", "This belongs to statements about activities only."});
    }
    if (auto const reference = context.object("statement", Need::may); reference) {
        reference->only({"objectType", "id"});
        reference->uuid("id", Need::must);
        if (reference->text("objectType", Need::must) != "StatementRef")
            reference->fault("objectType", {"应为 StatementRef。", "This must be StatementRef."});
    }
    if (auto const language = context.text("language", Need::may); !language.empty() && !is_language(language))
        context.fault("language", {"应为语言代码，如 zh-CN。", "This must be a language such as en."});
    context.extensions();
    read_context_activities(context);
}

Instant time_at(Properties const& statement, std::string_view name)
{
    auto const text = statement.text(name, Need::may);
    auto const at = moment_in(text);
    if (!text.empty() && !at)
        statement.fault(name, {"应为 RFC 3339 时间。", "This must be an RFC 3339 time."});
    return at.value_or(Instant{});
}

bool is_sha2(std::string_view text)
{
    bool const is_hexadecimal = text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
    return is_hexadecimal && (text.size() == 56 || text.size() == 64 || text.size() == 96 || text.size() == 128);
}

Attachment read_attachment(Properties const& from)
{
    from.only({"usageType", "display", "description", "contentType", "length", "sha2", "fileUrl"});
    Attachment made;
    made.place = from.path();
    made.usage = from.iri("usageType", Need::must);
    from.object("display", Need::must);
    from.words("display");
    from.words("description");
    made.content_type = from.text("contentType", Need::must);
    if (!made.content_type.empty() && !is_media_type(made.content_type))
        from.fault("contentType", {"应为媒体类型，如 image/png。", "This must be a media type such as image/png."});
    made.sha2 = from.text("sha2", Need::must);
    if (!made.sha2.empty() && !is_sha2(made.sha2))
        from.fault("sha2", {"应为十六进制的 SHA-2 摘要。", "This must be a SHA-2 digest in hexadecimal digits."});
    auto const length = from.number("length");
    if (!length || *length < 0 || *length != std::floor(*length) || *length > 1e15)
        from.fault("length", {"应为不小于 0 的整数。", "This must be a whole number, not less than 0."});
    else
        made.length = static_cast<std::int64_t>(*length);
    made.is_elsewhere = !from.iri("fileUrl", Need::may).empty();
    return made;
}

// What statements and sub-statements have in common.
void read_parts(Properties const& statement, Statement& made)
{
    if (auto const actor = statement.object("actor", Need::must))
        made.actor = read_actor(*actor);
    if (auto const verb = statement.object("verb", Need::must)) {
        verb->only({"id", "display"});
        made.verb = verb->iri("id", Need::must);
        made.verb_words = verb->words("display");
    }
    if (auto const object = statement.object("object", Need::must))
        read_object(*object, made);
    if (auto const result = statement.object("result", Need::may))
        read_result(*result, made);
    if (auto const context = statement.object("context", Need::may))
        read_context(*context, made);
    for (auto const& attachment : statement.objects("attachments"))
        made.attachments.push_back(read_attachment(attachment));
    made.happened_at = time_at(statement, "timestamp");
}

// One agent, or the two of a log-in by OAuth: the program and the person who uses it (xAPI 1.0.3, Data 2.4.9).
void read_authority(Properties const& authority)
{
    auto const actor = read_actor(authority);
    if (!actor.is_group)
        return;
    if (!actor.known_by.empty() || authority.objects("member").size() != 2)
        authority.fault("", {"应为 Agent，或两个成员的匿名群组。", "This must be an agent, or a group of two without a name."});
}

// Nothing is null but within extensions (xAPI 1.0.3, 2.2).
void refuse_nulls(json::value const& value, std::string const& path, Problems& problems)
{
    if (value.is_null())
        problems.push_back({path, "malformed", {"不能为 null。", "This must not be null."}});
    if (value.is_object())
        for (auto const& [name, each] : value.get_object())
            if (name != "extensions")
                refuse_nulls(each, fmt::format("{}/{}", path, std::string_view(name)), problems);
    if (value.is_array())
        for (auto const& each : value.get_array())
            refuse_nulls(each, path, problems);
}

void append_canonical(std::string& out, json::value const& value)
{
    if (value.is_array()) {
        out += '[';
        for (auto const& each : value.get_array()) {
            append_canonical(out, each);
            out += ',';
        }
        out += ']';
    } else if (value.is_object()) {
        std::vector<std::string_view> names;
        for (auto const& each : value.get_object())
            names.push_back(each.key());
        std::ranges::sort(names);
        out += '{';
        for (auto const name : names) {
            out += json::serialize(json::string(name)) + ":";
            append_canonical(out, value.get_object().at(name));
            out += ',';
        }
        out += '}';
    } else {
        out += json::serialize(value);
    }
}

} // namespace

Statement read_statement(json::value const& value, std::string const& path, Problems& problems)
{
    Statement made;
    if (!value.is_object()) {
        problems.push_back({path, "malformed", {"应为对象。", "This must be an object."}});
        return made;
    }
    made.content = value.get_object();
    Properties const statement(made.content, path, problems);
    if (json::serialize(value).size() > longest_statement)
        statement.fault("", {"一条声明不能超过 64 KB。", "A statement may have at most 64 kB."});
    statement.only(
        {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"});
    refuse_nulls(value, path, problems);
    made.id = statement.uuid("id", Need::may);
    if (auto const version = statement.text("version", Need::may); !version.empty() && !is_version_1_0(version))
        statement.fault("version", {"应为 1.0.x。", "This must be 1.0.x."});
    if (auto const authority = statement.object("authority", Need::may))
        read_authority(*authority);
    time_at(statement, "stored");
    read_parts(statement, made);
    return made;
}

std::string Statement::canonical() const
{
    auto compared = content;
    for (auto const* name : {"id", "stored", "authority", "version"})
        compared.erase(name);
    for (auto const& [part, name] : {std::pair("verb", "display"), std::pair("object", "definition")})
        if (auto* const object = compared.if_contains(part); object && object->is_object())
            object->get_object().erase(name);
    std::string out;
    append_canonical(out, compared);
    return out;
}

} // namespace concentric::xapi
