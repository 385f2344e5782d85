#pragma once

#include <string_view>
#include <vector>

#include <boost/describe.hpp>

// Telephone, identity and WeChat numbers that somebody is about to write into a message: they are warned, since such numbers stay
// where they were sent.
namespace concentric::conversations {

enum class PrivateNumber { phone, identity, wechat };
BOOST_DESCRIBE_ENUM(PrivateNumber, phone, identity, wechat)

// Which kinds are in the text, each once. A mobile number may be parted by blanks or dashes; an identity number has to have a true
// check character; a WeChat or QQ number is one that follows its name ("微信", "wx", "加V", "QQ").
std::vector<PrivateNumber> private_numbers_in(std::string_view text);

} // namespace concentric::conversations
