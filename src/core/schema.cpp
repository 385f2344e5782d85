#include "core/reflect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace concentric::reflect {

std::string component_name(Type const& type)
{
    // "concentric::Page<concentric::accounts::Person>" becomes "PageAccountsPerson"; the project's own namespace goes without
    // saying.
    std::string name;
    bool capital = true;
    std::string_view rest = type.name;
    while (!rest.empty()) {
        for (std::string_view const unsaid : {"concentric::", "{anonymous}::"})
            if (rest.starts_with(unsaid))
                rest.remove_prefix(unsaid.size());
        char const c = rest.front();
        rest.remove_prefix(1);
        bool const letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (letter)
            name += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        capital = !letter && c != '_';
        if (c == '_')
            capital = true;
    }
    return name;
}

static std::string number_schema(Type const& type)
{
    if (type.lowest != type.highest)
        return fmt::format(R"({{"type":"integer","minimum":{},"maximum":{}}})", type.lowest, type.highest);
    return type.bytes == 8 ? R"({"type":"integer","format":"int64"})" : R"({"type":"integer","format":"int32"})";
}

void write_schema(std::string& out, Type const& type, std::vector<Type const*>& components)
{
    switch (type.kind) {
    case Kind::boolean: out += R"({"type":"boolean"})"; return;
    case Kind::integer: out += number_schema(type); return;
    case Kind::real: out += R"({"type":"number"})"; return;
    case Kind::coded: out += type.coding->schema; return;
    case Kind::json: out += "{}"; return;
    case Kind::text:
        if (type.schema)
            out += type.schema;
        else if (type.max_length)
            out += fmt::format(R"({{"type":"string","minLength":{},"maxLength":{}}})", type.min_length, type.max_length);
        else
            out += R"({"type":"string"})";
        return;
    case Kind::optional: return write_schema(out, *type.element, components);
    case Kind::list:
        out += R"({"type":"array","items":)";
        write_schema(out, *type.element, components);
        out += '}';
        return;
    case Kind::enumeration:
    case Kind::object:
        if (std::find(components.begin(), components.end(), &type) == components.end())
            components.push_back(&type);
        out += fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", component_name(type));
    }
}

void write_component(std::string& out, Type const& type, std::vector<Type const*>& components, Use use)
{
    if (type.kind == Kind::enumeration) {
        out += R"({"type":"string","enum":[)";
        for (std::size_t i = 0; i < type.count; ++i) {
            out += i ? "," : "";
            write_text(out, type.enumerators[i].name);
        }
        out += "]}";
        return;
    }
    out += R"({"type":"object","properties":{)";
    std::string required;
    for (std::size_t i = 0; i < type.count; ++i) {
        auto const& field = type.fields[i];
        out += i ? "," : "";
        write_text(out, field.name);
        out += ':';
        write_schema(out, *field.type, components);
        if (use == Use::input ? field.required : field.type->kind != Kind::optional) {
            required += required.empty() ? "" : ",";
            write_text(required, field.name);
        }
    }
    out += "},\"required\":[" + required + "],\"additionalProperties\":false}";
}

} // namespace concentric::reflect
