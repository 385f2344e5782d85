#include "modules/imports/preview.hpp"

#include <algorithm>

namespace concentric::imports {

bool Finding::is_faulty() const
{
    return std::any_of(faults.begin(), faults.end(), [](Fault const& fault) { return !fault.is_warning; });
}

void Preview::add(Table const& table, std::size_t row, Finding finding)
{
    if (finding.is_faulty())
        finding.action = Action::fault;
    auto& counts = counts_of(table.kind().kind);
    switch (finding.action) {
    case Action::add: ++counts.added; break;
    case Action::change: ++counts.changed; break;
    case Action::move: ++counts.moved; break;
    case Action::leave: ++counts.left; break;
    case Action::fault: ++counts.faulty; break;
    }
    count(counts, finding);
    write(table.file_name(row), table.kind().kind, table.number(row), std::move(finding));
}

void Preview::add_hint(Table const& table, Finding finding)
{
    count(counts_of(table.kind().kind), finding);
    write(table.sheet_name(), table.kind().kind, 0, std::move(finding));
}

void Preview::add(SourceFault const& fault)
{
    auto const text = [](std::string const& written) { return written.empty() ? std::nullopt : std::optional(written); };
    Finding finding;
    finding.action = fault.is_warning ? Action::leave : Action::fault;
    finding.faults.push_back(
        {text(fault.column), {}, fault.code, fault.words.zh, fault.words.en, text(fault.found), fault.is_warning});
    auto& counts = counts_of(fault.kind);
    counts.faulty += !fault.is_warning;
    count(counts, finding);
    write(fault.file, fault.kind, fault.row, std::move(finding));
}

KindCounts& Preview::counts_of(std::string const& kind)
{
    auto const found = std::find_if(kinds_.begin(), kinds_.end(), [&](KindCounts const& counts) { return counts.kind == kind; });
    return found == kinds_.end() ? kinds_.emplace_back(KindCounts{kind}) : *found;
}

void Preview::count(KindCounts& counts, Finding const& finding)
{
    for (auto const& fault : finding.faults) {
        counts.warnings += fault.is_warning;
        auto& sum = faults_[{fault.is_warning, fault.code, fault.zh}];
        sum = {fault.code, fault.zh, fault.en, sum.count + 1, fault.is_warning};
    }
}

void Preview::write(std::string_view sheet, std::string const& kind, std::int64_t row, Finding finding)
{
    PreviewRow const line{++rows_, std::string(sheet), kind, row, finding.action, std::move(finding.title),
        std::move(finding.detail.zh), std::move(finding.detail.en), std::move(finding.changes), std::move(finding.faults)};
    reflect::write(text_, reflect::type_of<PreviewRow>, &line);
    text_ += '\n';
}

Counts Preview::counts() const
{
    Counts counts{kinds_, {}};
    for (auto const& [key, sum] : faults_)
        counts.faults.push_back(sum);
    std::stable_sort(counts.faults.begin(), counts.faults.end(),
        [](auto const& a, auto const& b) { return std::tuple(a.is_warning, -a.count) < std::tuple(b.is_warning, -b.count); });
    return counts;
}

// A text inside JSON has its quotes escaped, so these can only be the fields themselves.
static bool fits(std::string_view line, RowFilter const& filter)
{
    if (filter.action && line.find("\"action\":\"" + std::string(name_of(*filter.action)) + '"') == line.npos)
        return false;
    if (!filter.sheet.empty() && line.find("\"sheet\":" + to_json(filter.sheet) + ',') == line.npos)
        return false;
    if (filter.q.empty())
        return true;
    auto const quoted = to_json(filter.q);
    return line.find(std::string_view(quoted).substr(1, quoted.size() - 2)) != line.npos;
}

std::optional<PreviewRow> PreviewReader::next(RowFilter const& filter)
{
    while (at_ < text_.size()) {
        auto const end = text_.find('\n', at_);
        auto const line = text_.substr(at_, end - at_);
        at_ = end == text_.npos ? text_.size() : end + 1;
        if (fits(line, filter))
            return reflect::from_json<PreviewRow>(line);
    }
    return std::nullopt;
}

} // namespace concentric::imports
