#pragma once

#include "core/config.hpp"
#include "lib/coordinates.hpp"

#include <memory>

// Services that find where an address is. They are told the address and nothing else.
namespace concentric::visits {

struct FoundPlace {
    std::string address; // as the service understood it
    lib::Coordinates at; // WGS 84
    std::string precision; // in the service's words: 门牌号, 村庄 …
};

class Geocoder {
public:
    virtual ~Geocoder() = default;
    // The likeliest first; none where it knows no such address. Throws unavailable where it does not answer.
    virtual std::vector<FoundPlace> find(std::string const& address) const = 0;
};

// Nothing where the settings name no service.
std::unique_ptr<Geocoder> geocoder_of(MapSettings const&);

// What the services answer, taken apart. Throws std::exception for what is no such answer, ApiError for a refusal.
std::vector<FoundPlace> tianditu_places(std::string_view answer);
std::vector<FoundPlace> amap_places(std::string_view answer);

} // namespace concentric::visits
