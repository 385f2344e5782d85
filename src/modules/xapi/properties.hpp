#pragma once

#include "core/error.hpp"
#include "modules/xapi/notations.hpp"

#include <boost/json/object.hpp>

#include <initializer_list>
#include <optional>

// A record of another program is read property by property, and every fault in it is told with its place.
namespace concentric::xapi {

enum class Need { must, may };

// One JSON object on its way into a statement. What is asked for and is not as it should be becomes a problem and reads as empty.
class Properties {
public:
    Properties(boost::json::object const& object, std::string path, Problems& problems)
        : object_(&object), path_(std::move(path)), problems_(&problems)
    {
    }

    // A problem for each property of another name.
    void only(std::initializer_list<std::string_view> names) const;
    bool has(std::string_view name) const { return object_->contains(name); }
    // 1 to 1000 bytes.
    std::string text(std::string_view name, Need) const;
    // Of any length, empty too.
    std::string free_text(std::string_view name) const;
    std::string iri(std::string_view name, Need) const;
    // RFC 4122, in lower case.
    std::string uuid(std::string_view name, Need) const;
    std::optional<bool> truth(std::string_view name) const;
    std::optional<double> number(std::string_view name) const;
    std::optional<Properties> object(std::string_view name, Need) const;
    // The objects of a list; what is in it and no object is a problem.
    std::vector<Properties> objects(std::string_view name) const;
    // A problem for what is no list of texts.
    void strings(std::string_view name) const;
    // A language map (xAPI 1.0.3, Data 4.2), with one language at least; gives the words that Chinese readers know best.
    std::string words(std::string_view name) const;
    // Keys are IRIs, values are free.
    void extensions() const;

    // A problem of one property, or of the object itself where the name is empty.
    void fault(std::string_view name, Words words) const;
    std::string at(std::string_view name) const;
    std::string const& path() const { return path_; }
    boost::json::object const& content() const { return *object_; }

private:
    boost::json::object const* object_;
    std::string path_;
    Problems* problems_;
};

} // namespace concentric::xapi
