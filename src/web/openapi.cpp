#include "web/openapi.hpp"

#include "core/header_field.hpp"
#include "web/problem.hpp"
#include "web/route_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::web {
namespace {

// The types that the document names: those of answers, and those that stand in request bodies only.
using Types = std::vector<reflect::Type const*>;
struct Components {
    Types answers, inputs;
};

std::string quoted(std::string_view text)
{
    std::string out;
    reflect::write_text(out, text);
    return out;
}

std::string schema_of(reflect::Type const& type, Types& components)
{
    std::string out;
    reflect::write_schema(out, type, components);
    return out;
}

std::string lower_verb(Verb verb)
{
    std::string name(method_of(verb));
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return static_cast<char>(c + 32); });
    return name;
}

// "/api/students/{id}/class" belongs to "students".
std::string tag_of(std::string_view path)
{
    path.remove_prefix(std::min(path.find('/', 1) + 1, path.size()));
    return std::string(path.substr(0, path.find('/')));
}

bool is_in_path(Route const& route, reflect::Field const& field)
{
    return route.path.find("{" + std::string(field.name) + "}") != std::string::npos;
}

bool has_json_body(Route const& route) { return !route.takes_file && route.verb != Verb::get && route.verb != Verb::del; }

std::string header_parameter(std::string_view name, std::string_view about, std::string_view schema)
{
    return fmt::format(
        R"({{"name":"{}","in":"header","required":false,"description":{},"schema":{}}})", name, quoted(about), schema);
}

std::string parameter(reflect::Field const& field, bool in_path, Components& components)
{
    // Lists come as "a,b" in one text.
    if (is_header(field))
        return header_parameter(header_name(field), "Of whoever sends", schema_of(*field.type, components.inputs));
    auto const style = field.type->kind == reflect::Kind::list ? R"(,"style":"form","explode":false)" : "";
    return fmt::format(R"({{"name":{},"in":"{}","required":{}{},"schema":{}}})", quoted(field.name), in_path ? "path" : "query",
        in_path || field.required, style, schema_of(*field.type, components.inputs));
}

std::string parameters_of(Route const& route, Components& components)
{
    std::vector<std::string> list;
    for (auto const* field = route.input->fields; field != route.input->fields + route.input->count; ++field)
        if (is_in_path(route, *field) || !has_json_body(route))
            list.push_back(parameter(*field, is_in_path(route, *field), components));
    if (route.verb == Verb::post && route.writes && route.permission != Permission::anyone)
        list.push_back(header_parameter(
            "Idempotency-Key", "The same key within a day gets the first answer again", R"({"type":"string","maxLength":200})"));
    bool const reads_it_itself = std::any_of(route.input->fields, route.input->fields + route.input->count,
        [](auto const& field) { return is_header(field) && header_name(field) == "if-match"; });
    if ((route.verb == Verb::put || route.verb == Verb::patch) && !reads_it_itself)
        list.push_back(header_parameter("If-Match", "The ETag that the change is based on", R"({"type":"string"})"));
    return fmt::format("[{}]", fmt::join(list, ","));
}

// The input without what stands in the path.
std::string body_schema(Route const& route, Components& components)
{
    auto const begin = route.input->fields, end = route.input->fields + route.input->count;
    if (std::none_of(begin, end, [&](auto const& field) { return is_in_path(route, field); }))
        return schema_of(*route.input, components.inputs);
    std::vector<std::string> properties, required;
    for (auto const* field = begin; field != end; ++field) {
        if (is_in_path(route, *field))
            continue;
        properties.push_back(quoted(field->name) + ":" + schema_of(*field->type, components.inputs));
        if (field->required)
            required.push_back(quoted(field->name));
    }
    return fmt::format(R"({{"type":"object","properties":{{{}}},"required":[{}],"additionalProperties":false}})",
        fmt::join(properties, ","), fmt::join(required, ","));
}

std::string request_body_of(Route const& route, Components& components)
{
    if (route.takes_file)
        return R"("requestBody":{"required":true,"content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}},)";
    auto const fields = std::count_if(route.input->fields, route.input->fields + route.input->count,
        [&](auto const& field) { return !is_in_path(route, field); });
    if (!has_json_body(route) || fields == 0)
        return "";
    return fmt::format(
        R"("requestBody":{{"required":true,"content":{{"application/json":{{"schema":{}}}}}}},)", body_schema(route, components));
}

std::string answer_of(Route const& route, Components& components)
{
    if (!route.output)
        return R"("200":{"description":"A file","content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}})";
    if (route.output == &reflect::type_of<Nothing>)
        return R"("204":{"description":"Done"})";
    auto const status = route.verb == Verb::post && route.writes ? 201 : 200;
    return fmt::format(R"("{}":{{"description":"{}","content":{{"application/json":{{"schema":{}}}}}}})", status,
        status == 201 ? "Made" : "Answered", schema_of(*route.output, components.answers));
}

std::string operation_of(Route const& route, Components& components)
{
    auto const permission = name_of(route.permission);
    auto const security = route.permission == Permission::anyone ? "[]" : R"([{"cookie":[]},{"bearer":[]}])";
    auto const step_up = route.needs_step_up ? R"("x-step-up":true,)" : "";
    return fmt::format(
        R"("{}":{{"operationId":{},"summary":{},"tags":[{}],"x-permission":"{}",{}"security":{},"parameters":{},{}"responses":{{{},)"
        R"("default":{{"description":"A problem","content":{{"application/problem+json":{{"schema":{}}}}}}}}}}})",
        lower_verb(route.verb), quoted(route.name), quoted(route.summary), quoted(tag_of(route.path)), permission, step_up,
        security, parameters_of(route, components), request_body_of(route, components), answer_of(route, components),
        schema_of(reflect::type_of<ProblemDocument>, components.answers));
}

// Components may name further ones while they are written; the document lists them by name.
std::string components_text(Components& components)
{
    std::map<std::string, std::string> by_name;
    auto const write = [&](Types& types, reflect::Use use) {
        for (std::size_t i = 0; i < types.size(); ++i) {
            // What is both, however deep in an input, is described as the answer that it is.
            if (use == reflect::Use::input && std::ranges::find(components.answers, types[i]) != components.answers.end())
                continue;
            std::string text;
            reflect::write_component(text, *types[i], types, use);
            auto const name = reflect::component_name(*types[i]);
            if (auto const [place, is_new] = by_name.emplace(name, text); !is_new && place->second != text)
                throw std::logic_error("two different types are named " + name + " in the API document");
        }
    };
    write(components.answers, reflect::Use::answer);
    write(components.inputs, reflect::Use::input);
    std::vector<std::string> list;
    for (auto const& [name, text] : by_name)
        list.push_back(quoted(name) + ":" + text);
    return fmt::format("{}", fmt::join(list, ","));
}

} // namespace

std::string api_document(std::vector<Route const*> const& routes)
{
    Components components;
    std::map<std::string, std::map<Verb, std::string>> paths;
    for (auto const* route : routes)
        paths[route->path][route->verb] = operation_of(*route, components);
    std::vector<std::string> path_texts;
    for (auto const& [path, operations] : paths) {
        std::vector<std::string> texts;
        for (auto const& [verb, text] : operations)
            texts.push_back(text);
        path_texts.push_back(fmt::format("{}:{{{}}}", quoted(path), fmt::join(texts, ",")));
    }
    return indented(fmt::format(
        R"({{"openapi":"3.1.0","info":{{"title":"Concentric 同心圆","version":"1"}},"paths":{{{}}},"components":{{"schemas":{{{}}},)"
        R"("securitySchemes":{{"cookie":{{"type":"apiKey","in":"cookie","name":"concentric_session"}},)"
        R"("bearer":{{"type":"http","scheme":"bearer"}}}}}}}})",
        fmt::join(path_texts, ","), components_text(components)));
}

std::string indented(std::string_view json)
{
    std::string out;
    std::size_t depth = 0;
    bool in_text = false;
    auto const new_line = [&] { out.append("\n").append(2 * depth, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        char const c = json[i];
        if (in_text) {
            out += c;
            if (c == '\\')
                out += json[++i];
            else
                in_text = c != '"';
            continue;
        }
        bool const is_empty = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
        if (c == '{' || c == '[') {
            out += c;
            if (is_empty) {
                out += json[++i];
                continue;
            }
            ++depth;
            new_line();
        } else if (c == '}' || c == ']') {
            --depth;
            new_line();
            out += c;
        } else if (c == ',') {
            out += c;
            new_line();
        } else if (c == ':') {
            out += ": ";
        } else {
            in_text = c == '"';
            out += c;
        }
    }
    return out + '\n';
}

} // namespace concentric::web
