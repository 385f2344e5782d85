#include "lib/package_manifest.hpp"

#include "lib/xml.hpp"

namespace concentric::lib {
namespace {

constexpr std::size_t longest_text = 4096; // bytes of a title or of launch data

class Listener : public XmlListener {
public:
    explicit Listener(Manifest& manifest) : manifest_(manifest) { }

    void start(std::string_view name, XmlAttributes attributes) override
    {
        text_.clear();
        if (name == "manifest" || name == "resources" || name == "resource")
            bases_.push_back((bases_.empty() ? "" : bases_.back()) + std::string(attributes["base"]));
        if (name == "organizations")
            manifest_.chosen = attributes["default"];
        else if (name == "organization")
            manifest_.organisations.push_back({std::string(attributes["identifier"]), "", {}});
        else if (name == "item")
            begin_item(attributes);
        else if (name == "resource")
            add_resource(attributes);
        if (name == "item" || name == "organization")
            open_.push_back(name == "item" ? last_item() : nowhere);
    }

    void end(std::string_view name) override
    {
        if (name == "manifest" || name == "resources" || name == "resource")
            bases_.pop_back();
        if (name == "schemaversion")
            note_version(text_);
        else if (!open_.empty() && (name == "item" || name == "organization"))
            open_.pop_back();
        else if (!open_.empty())
            note_text(name);
        text_.clear();
    }

    void text(std::string_view piece) override
    {
        if (text_.size() + piece.size() <= longest_text)
            text_ += piece;
    }

private:
    static constexpr std::size_t nowhere = ~std::size_t{0};

    std::vector<ManifestItem>& items() { return manifest_.organisations.back().items; }
    std::size_t last_item() { return manifest_.organisations.empty() ? nowhere : items().size() - 1; }

    void begin_item(XmlAttributes attributes)
    {
        if (manifest_.organisations.empty())
            return;
        items().push_back({std::string(attributes["identifier"]), std::string(attributes["identifierref"]),
            std::string(attributes["parameters"]), "", "", "", static_cast<std::int64_t>(open_.size()) - 1});
    }

    void add_resource(XmlAttributes attributes)
    {
        // 1.2 writes scormtype, 2004 scormType.
        auto const kind = attributes["scormtype"].empty() ? attributes["scormType"] : attributes["scormtype"];
        auto const href = attributes["href"];
        manifest_.resources[std::string(attributes["identifier"])]
            = {href.empty() ? "" : bases_.back() + std::string(href), kind == "sco"};
    }

    void note_version(std::string const& text)
    {
        if (text.find("1.2") != std::string::npos)
            manifest_.version = "1.2";
        else if (text.find("2004") != std::string::npos || text.find("1.3") != std::string::npos)
            manifest_.version = "2004";
    }

    void note_text(std::string_view name)
    {
        auto const place = open_.back();
        if (place == nowhere) {
            if (name == "title")
                manifest_.organisations.back().title = text_;
            return;
        }
        auto& item = items()[place];
        if (name == "title")
            item.title = text_;
        else if (name == "masteryscore")
            item.mastery_score = text_;
        else if (name == "datafromlms" || name == "dataFromLMS")
            item.launch_data = text_;
    }

    Manifest& manifest_;
    std::vector<std::string> bases_; // of the elements that are open, each with those before it
    std::vector<std::size_t> open_; // the organisation and its items that are open, by their place
    std::string text_;
};

} // namespace

Manifest read_manifest(ZipPackage& package)
{
    Manifest manifest;
    Listener listener(manifest);
    parse_part(package, "imsmanifest.xml", listener);
    return manifest;
}

} // namespace concentric::lib
