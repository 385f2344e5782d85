#pragma once

#include "core/keyring.hpp"

#include <unordered_map>

// The data keys as they are held in memory, for the files of the keyring.
namespace concentric {

// Before the public half of a signing key that was signed with elsewhere.
inline constexpr std::string_view foreign_signing = "public ";

// A whole number as so many bytes, the highest first, and back.
std::string bytes_of(std::uint64_t number, int count);
std::uint64_t number_of(std::string_view bytes);
// Shorter bytes are filled up with zeros.
crypto::Key key_of(std::string_view bytes);

struct Keyring::DataKey {
    DataKey(DataKeyRow const& row, std::string_view secret);
    // Both parts of a number's index: of its last four characters, and of all of it.
    void append_index(std::string_view number, std::string& out) const;

    std::int64_t county, version;
    crypto::Suite suite;
    std::string mark; // at the head of every text that it seals
    crypto::SealingKey sealing;
    crypto::MacKey mac;
    std::optional<crypto::SigningKey> signing;
    std::string verifying; // the public half of a signing key, also of one whose secret another installation keeps
    std::uint64_t serial; // of this object, for what threads remember of it

private:
    void append_ending(std::string_view number, std::string& out) const;
};

struct Keyring::Known {
    struct Place {
        std::int64_t county;
        KeyPurpose purpose;
        std::int64_t version;
        bool operator==(Place const&) const = default;
    };
    struct Hash {
        std::size_t operator()(Place const& place) const
        {
            return static_cast<std::size_t>(place.county * 4 + static_cast<int>(place.purpose)) * 1'000'003
                + static_cast<std::size_t>(place.version);
        }
    };
    static constexpr std::int64_t newest = 0; // versions begin at 1

    std::unordered_map<Place, std::shared_ptr<DataKey const>, Hash> keys;

    DataKey const* find(std::int64_t county, KeyPurpose purpose, std::int64_t version) const
    {
        auto const found = keys.find({county, purpose, version});
        return found == keys.end() ? nullptr : found->second.get();
    }
};

} // namespace concentric
