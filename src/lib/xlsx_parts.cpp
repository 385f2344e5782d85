#include "lib/xlsx_parts.hpp"

#include "lib/sheet_errors.hpp"
#include "lib/text.hpp"

#include <charconv>
#include <limits>
#include <set>

namespace concentric::lib {
namespace {

int format_number(std::string_view digits)
{
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// "xl/workbook.xml", "../a/b.xml" → "a/b.xml".
std::string resolve(std::string_view base, std::string_view target)
{
    if (target.starts_with('/'))
        return std::string(target.substr(1));
    auto folder = base.substr(0, base.rfind('/') + 1);
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        folder = folder.substr(0, folder.empty() ? 0 : folder.rfind('/', folder.size() - 2) + 1);
    }
    return std::string(folder).append(target);
}

struct Relationship {
    std::string type; // last segment of the address: worksheet, styles, sharedStrings
    std::string part;
};

class Relationships : public XmlListener {
public:
    // `part` is empty for those of the whole package.
    Relationships(ZipPackage& package, std::string part) : base_(std::move(part))
    {
        auto const name = resolve(base_, "_rels/" + base_.substr(base_.rfind('/') + 1) + ".rels");
        if (package.has(name))
            parse_part(package, name, *this);
    }

    void start(std::string_view name, XmlAttributes attributes) override
    {
        constexpr std::size_t more_than_any_workbook_has = 10'000;
        if (name != "Relationship" || attributes["TargetMode"] == "External")
            return;
        if (by_id_.size() == more_than_any_workbook_has)
            throw damaged_workbook("_rels");
        auto const type = attributes["Type"];
        by_id_[std::string(attributes["Id"])]
            = {std::string(type.substr(type.rfind('/') + 1)), resolve(base_, attributes["Target"])};
    }

    Relationship find(std::string const& id) const
    {
        auto const found = by_id_.find(id);
        return found == by_id_.end() ? Relationship{} : found->second;
    }

    std::string part_of_type(std::string_view type) const
    {
        for (auto const& [id, relationship] : by_id_) {
            if (relationship.type == type)
                return relationship.part;
        }
        return {};
    }

private:
    std::string base_;
    std::map<std::string, Relationship> by_id_;
};

class SheetList : public XmlListener {
public:
    SheetList(Relationships const& relationships, Limits const& limits, WorkbookParts& parts)
        : relationships_(relationships), limits_(limits), parts_(parts)
    {
    }

    void start(std::string_view name, XmlAttributes attributes) override
    {
        if (name == "sheet") {
            add(attributes);
        } else if (name == "workbookPr") {
            auto const from_1904 = attributes["date1904"];
            if (from_1904 == "1" || from_1904 == "true")
                parts_.dates = DateSystem::from_1904;
        }
    }

private:
    void add(XmlAttributes attributes)
    {
        auto const target = relationships_.find(std::string(attributes["id"]));
        if (target.type != "worksheet")
            return;
        if (parts_.sheets.size() == limits_.sheets)
            throw too_many_sheets(limits_.sheets);
        parts_.sheets.push_back({std::string(attributes["name"]), target.part});
    }

    Relationships const& relationships_;
    Limits const& limits_;
    WorkbookParts& parts_;
};

class StyleReader : public XmlListener {
public:
    explicit StyleReader(std::vector<bool>& date_styles) : date_styles_(date_styles) { }

    void start(std::string_view name, XmlAttributes attributes) override
    {
        if (name == "numFmt") {
            auto& kind = is_date_format(attributes["formatCode"]) ? date_formats_ : other_formats_;
            kind.insert(format_number(attributes["numFmtId"]));
        } else if (name == "cellXfs") {
            inside_cell_styles_ = true;
        } else if (name == "xf" && inside_cell_styles_) {
            date_styles_.push_back(is_date(format_number(attributes["numFmtId"])));
        }
    }

    void end(std::string_view name) override
    {
        if (name == "cellXfs")
            inside_cell_styles_ = false;
    }

private:
    // A code in the file goes before what its number means elsewhere.
    bool is_date(int format) const
    {
        return date_formats_.contains(format) || (is_date_format(format) && !other_formats_.contains(format));
    }

    std::vector<bool>& date_styles_;
    std::set<int> date_formats_, other_formats_;
    bool inside_cell_styles_ = false;
};

class StringReader : public XmlListener {
public:
    explicit StringReader(SharedStrings& strings) : strings_(strings) { }

    void start(std::string_view name, XmlAttributes) override
    {
        if (name == "si")
            collector_.value.clear();
        collector_.start(name);
    }

    void end(std::string_view name) override
    {
        collector_.end(name);
        if (name != "si")
            return;
        unescape(collector_.value);
        strings_.append(trim(collector_.value));
    }

    void text(std::string_view piece) override { collector_.text(piece); }

private:
    SharedStrings& strings_;
    StringCollector collector_;
};

} // namespace

void SharedStrings::append(std::string_view text)
{
    if (texts_.size() + text.size() > std::numeric_limits<std::uint32_t>::max())
        throw too_many_bytes(std::numeric_limits<std::uint32_t>::max());
    texts_ += text;
    ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
}

std::string_view SharedStrings::operator[](std::size_t index) const
{
    if (index >= ends_.size())
        return {};
    auto const begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(texts_).substr(begin, ends_[index] - begin);
}

void StringCollector::start(std::string_view name)
{
    if (name == "t")
        inside_text_ = !inside_phonetic_;
    else if (name == "rPh")
        inside_phonetic_ = true;
}

void StringCollector::end(std::string_view name)
{
    if (name == "t")
        inside_text_ = false;
    else if (name == "rPh")
        inside_phonetic_ = false;
}

void StringCollector::text(std::string_view piece)
{
    if (inside_text_)
        value += piece;
}

WorkbookParts read_workbook_parts(ZipPackage& package, Limits const& limits)
{
    auto const workbook = Relationships(package, "").part_of_type("officeDocument");
    if (workbook.empty() || !workbook.ends_with(".xml"))
        throw not_a_workbook();
    Relationships const relationships(package, workbook);
    WorkbookParts parts;
    SheetList sheets(relationships, limits, parts);
    parse_part(package, workbook, sheets);
    if (parts.sheets.empty())
        throw not_a_workbook();
    if (auto const styles = relationships.part_of_type("styles"); !styles.empty()) {
        StyleReader reader(parts.date_styles);
        parse_part(package, styles, reader);
    }
    if (auto const strings = relationships.part_of_type("sharedStrings"); !strings.empty()) {
        StringReader reader(parts.strings);
        parse_part(package, strings, reader);
    }
    return parts;
}

} // namespace concentric::lib
