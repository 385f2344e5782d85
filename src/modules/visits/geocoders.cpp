#include "modules/visits/geocoders.hpp"

#include "core/http_client.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <spdlog/spdlog.h>

#include <charconv>
#include <cmath>

namespace concentric::visits {
namespace {

namespace json = boost::json;

constexpr std::size_t most_shown = 5;

ApiError is_away(std::string detail)
{
    return {ErrorKind::unavailable,
        {"地址服务暂时没有应答，请稍后再试，或在地图上点选。", "The address service does not answer; try later or pick the place."},
        std::move(detail)};
}

double number_in(std::string_view text)
{
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        throw std::runtime_error("not a number");
    return value;
}

// Services write numbers and statuses now as numbers and now as texts.
double number_of(json::value const& value) { return value.is_string() ? number_in(value.as_string()) : value.to_number<double>(); }

std::string text_at(json::object const& object, std::string_view name)
{
    auto const* found = object.if_contains(name);
    return found && found->is_string() ? std::string(found->as_string()) : "";
}

bool has_status(json::object const& answer, double status)
{
    auto const* found = answer.if_contains("status");
    return found && (found->is_string() || found->is_number()) && number_of(*found) == status;
}

http::Answer asked(std::string url)
{
    try {
        auto answer = http::send({"GET", std::move(url), {"Accept: application/json"}});
        if (answer.status != 200)
            throw is_away(fmt::format("status {}", answer.status));
        return answer;
    } catch (http::Unreachable const& why) {
        throw is_away(why.what());
    }
}

template <class Read> std::vector<FoundPlace> read_with(Read read, std::string_view body)
{
    try {
        return read(body);
    } catch (ApiError const&) {
        throw;
    } catch (std::exception const& why) {
        throw is_away(std::string("not understood: ") + why.what());
    }
}

// http://lbs.tianditu.gov.cn/server/geocodinginterface.html
class Tianditu final : public Geocoder {
public:
    explicit Tianditu(MapSettings const& settings) : settings_(settings) { }
    std::vector<FoundPlace> find(std::string const& address) const override
    {
        std::string question = R"({"keyWord":)";
        reflect::write_text(question, address);
        auto const query = http::encoded(http::Fields{{"ds", question + "}"}, {"tk", settings_.geocoder_key}});
        return read_with(tianditu_places, asked(settings_.geocoder_address + "/geocoder?" + query).body);
    }

private:
    MapSettings settings_;
};

// https://lbs.amap.com/api/webservice/guide/api/georegeo
class Amap final : public Geocoder {
public:
    explicit Amap(MapSettings const& settings) : settings_(settings) { }
    std::vector<FoundPlace> find(std::string const& address) const override
    {
        auto const query = http::encoded(http::Fields{{"address", address}, {"key", settings_.geocoder_key}, {"output", "JSON"}});
        return read_with(amap_places, asked(settings_.geocoder_address + "/v3/geocode/geo?" + query).body);
    }

private:
    MapSettings settings_;
};

} // namespace

std::vector<FoundPlace> tianditu_places(std::string_view text)
{
    auto const parsed = json::parse(text);
    auto const& answer = parsed.as_object();
    if (has_status(answer, 101)) // knows no such address
        return {};
    if (!has_status(answer, 0))
        throw is_away("tianditu: " + text_at(answer, "msg"));
    auto const& place = answer.at("location").as_object();
    return {{text_at(place, "keyWord"), {number_of(place.at("lat")), number_of(place.at("lon"))}, text_at(place, "level")}};
}

std::vector<FoundPlace> amap_places(std::string_view text)
{
    auto const parsed = json::parse(text);
    auto const& answer = parsed.as_object();
    if (!has_status(answer, 1)) {
        if (text_at(answer, "infocode") == "30001") // knows no such address
            return {};
        throw is_away("amap: " + text_at(answer, "infocode") + " " + text_at(answer, "info"));
    }
    std::vector<FoundPlace> places;
    for (auto const& one : answer.at("geocodes").as_array()) {
        auto const& place = one.as_object();
        auto const location = text_at(place, "location");
        auto const comma = location.find(',');
        if (comma == std::string::npos)
            throw std::runtime_error("no location");
        lib::Coordinates const told{
            number_in(std::string_view(location).substr(comma + 1)), number_in(std::string_view(location).substr(0, comma))};
        places.push_back({text_at(place, "formatted_address"), lib::from_gcj02(told), text_at(place, "level")});
        if (places.size() == most_shown)
            break;
    }
    return places;
}

std::unique_ptr<Geocoder> geocoder_of(MapSettings const& settings)
{
    switch (settings.geocoder) {
    case GeocoderKind::tianditu: return std::make_unique<Tianditu>(settings);
    case GeocoderKind::amap: return std::make_unique<Amap>(settings);
    case GeocoderKind::off: break;
    }
    return nullptr;
}

} // namespace concentric::visits
